import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SHOWN = 25;
const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** The functions of a `.cpuprofile` that took most time themselves, without what they called. */
export function describeProfile(text: string, file: string): string {
  const { nodes, samples, timeDeltas } = cpuProfile.parse(JSON.parse(text));
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const selfUs = new Map<string, number>();
  let totalUs = 0;
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '?';
    // Idle, or busy with beginning and ending the profile.
    if (name === '(idle)' || name.includes('node:inspector')) continue;
    const us = timeDeltas[index] ?? 0;
    totalUs += us;
    selfUs.set(name, (selfUs.get(name) ?? 0) + us);
  }
  const most = [...selfUs].sort(([, a], [, b]) => b - a).slice(0, SHOWN);
  return [
    `self time of ${(totalUs / 1e6).toFixed(1)} s without idle; all of it: ${relative(REPOSITORY, file)}`,
    ...most.map(([name, us]) => `${((100 * us) / totalUs).toFixed(1).padStart(6)} %  ${name}`),
  ].join('\n');
}

function nameOf(frame: { functionName: string; url: string; lineNumber: number }): string {
  const name = frame.functionName === '' ? '(anonymous)' : frame.functionName;
  if (frame.url === '') return name;
  const path = frame.url.startsWith('file:') ? relative(REPOSITORY, fileURLToPath(frame.url)) : frame.url;
  // Past pnpm's store: only the package and the file in it tell something.
  return `${name}  ${path.replace(/^.*node_modules\//, '')}:${frame.lineNumber + 1}`;
}
