/**
 * Loaded into a replica before itself (`--import`), so that a run can harm it from inside: puts the process into the
 * control group of `HARM_CGROUP`, and on SIGUSR2 eats memory without end or blocks the event loop, as `HARM` says.
 */
import { writeFileSync } from 'node:fs';

const EATEN_AT_ONCE = 16 * 1_024 * 1_024;
const { HARM, HARM_CGROUP, HARM_BLOCK_MS = '5000' } = process.env;

process.on('SIGUSR2', () => {
  if (HARM === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(HARM_BLOCK_MS));
  const eaten: Buffer[] = [];
  while (HARM === 'eat') eaten.push(Buffer.alloc(EATEN_AT_ONCE, 1));
});
if (HARM_CGROUP !== undefined) writeFileSync(HARM_CGROUP, String(process.pid));
