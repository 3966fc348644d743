import type { Profiler } from 'node:inspector';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shape } from './graph.ts';
import { hoerokMemory, openSession } from './session.ts';
import type { Stage } from './stage.ts';
import { sendInWindows } from './throughput.ts';

const SHOWN = 15;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the CPU of our gateway goes while events are delivered as fast as they are taken: by file, and by function. */
export async function profileDelivery(stage: Stage, events: number): Promise<string> {
  const faults: string[] = [];
  const session = await openSession(hoerokMemory, stage, faults);
  const reports: string[] = [];
  try {
    for (const shape of ['key-only', '4 fetches side by side'] as const satisfies readonly Shape[]) {
      const audience = await session.open({ shape });
      await sendInWindows(audience, 0, events);
      await session.gateway.child.ask('startProfile');
      await sendInWindows(audience, events, 2 * events);
      const profile = await session.gateway.child.ask<Profiler.Profile>('stopProfile');
      await audience.leave();
      reports.push(`${shape}, µs of its own per event\n${describe(profile, events)}`);
    }
  } finally {
    await session.close();
  }
  return [...reports, ...faults].join('\n\n');
}

function describe({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, events: number): string {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const [byFile, byFunction] = [new Map<string, number>(), new Map<string, number>()];
  samples.forEach((id, sample) => {
    const frame = byId.get(id);
    if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') return;
    const file = placeOf(frame.url);
    const micros = timeDeltas[sample] ?? 0;
    const name = `${frame.functionName || '(anonymous)'} ${file}:${frame.lineNumber + 1}`;
    const key = file === '' ? frame.functionName : file;
    byFile.set(key, (byFile.get(key) ?? 0) + micros);
    byFunction.set(name, (byFunction.get(name) ?? 0) + micros);
  });
  const list = (map: ReadonlyMap<string, number>): string =>
    [...map]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([name, micros]) => `${(micros / events).toFixed(1).padStart(8)}  ${name}`)
      .join('\n');
  return `by file\n${list(byFile)}\nby function\n${list(byFunction)}`;
}

/** The package of a dependency with the file in it, or the path in this repository. */
function placeOf(url: string): string {
  if (!url.startsWith('file:')) return url.startsWith('/') ? placeOf(`file://${url}`) : url;
  const path = relative(ROOT, fileURLToPath(url));
  return path.includes('node_modules/') ? (path.split('node_modules/').at(-1) ?? path) : path;
}
