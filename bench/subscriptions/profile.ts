import type { HeapProfiler, Profiler, Runtime } from 'node:inspector';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Shape } from './graph.ts';
import { hoerokMemory, openSession, type Session } from './session.ts';
import type { Stage } from './stage.ts';
import { sendInWindows } from './throughput.ts';

const SHOWN = 15;
const IDLE_SOCKETS = 2_000;
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
      await session.gateway.child.ask('startProfile', { heap: false });
      await sendInWindows(audience, events, 2 * events);
      const profile = await session.gateway.child.ask<Profiler.Profile>('stopProfile');
      await audience.leave();
      reports.push(`${shape}, µs of its own per event\n${describe(profile, events)}`);
    }
    reports.push(await profileHeap(session, IDLE_SOCKETS));
  } finally {
    await session.close();
  }
  return [...reports, ...faults].join('\n\n');
}

/** What an idle socket holds, by who allocated it. */
async function profileHeap({ open, gateway }: Session, sockets: number): Promise<string> {
  // Everything is loaded and compiled once before memory is looked at.
  const first = await open({ shape: 'key-only', sockets: 50 });
  await first.leave();
  await gateway.child.ask('startProfile', { heap: true });
  const audience = await open({ shape: 'key-only', sockets, users: 100, lists: sockets });
  const profile = await gateway.child.ask<HeapProfiler.SamplingHeapProfile>('stopHeapProfile');
  await audience.leave();
  const tally = createTally();
  const visit = ({ callFrame, selfSize, children }: HeapProfiler.SamplingHeapProfileNode): void => {
    tally.add(callFrame, selfSize / 1_024);
    children.forEach(visit);
  };
  visit(profile.head);
  return `${sockets} idle sockets, KiB of heap per socket\n${tally.describe(sockets)}`;
}

function describe({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, events: number): string {
  const byId = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const tally = createTally();
  samples.forEach((id, sample) => {
    const frame = byId.get(id);
    if (frame === undefined || frame.functionName === '(idle)' || frame.url === 'node:inspector') return;
    tally.add(frame, timeDeltas[sample] ?? 0);
  });
  return tally.describe(events);
}

interface Tally {
  readonly add: (frame: Runtime.CallFrame, amount: number) => void;
  /** The largest by file and by function, each divided by `by`. */
  readonly describe: (by: number) => string;
}

function createTally(): Tally {
  const [byFile, byFunction] = [new Map<string, number>(), new Map<string, number>()];
  const list = (map: ReadonlyMap<string, number>, by: number): string =>
    [...map]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, SHOWN)
      .map(([name, amount]) => `${(amount / by).toFixed(2).padStart(9)}  ${name}`)
      .join('\n');
  return {
    add: ({ url, functionName, lineNumber }, amount) => {
      const file = placeOf(url);
      const key = file === '' ? functionName : file;
      const name = `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`;
      byFile.set(key, (byFile.get(key) ?? 0) + amount);
      byFunction.set(name, (byFunction.get(name) ?? 0) + amount);
    },
    describe: (by) => `by file\n${list(byFile, by)}\nby function\n${list(byFunction, by)}`,
  };
}

/** The package of a dependency with the file in it, or the path in this repository. */
function placeOf(url: string): string {
  if (!url.startsWith('file:')) return url.startsWith('/') ? placeOf(`file://${url}`) : url;
  const path = relative(ROOT, fileURLToPath(url));
  return path.includes('node_modules/') ? (path.split('node_modules/').at(-1) ?? path) : path;
}
