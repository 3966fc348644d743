import { writeSync } from 'node:fs';
import { workerData } from 'node:worker_threads';

/** Runs beside isolated work that may hold its own thread for ever, and ends the process when nobody else can. */
const { parentPid, maxRssMiB } = workerData as { parentPid: string; maxRssMiB: string };
const EVERY_MS = 100;

setInterval(() => {
  // V8's own limit does not see buffers.
  const outgrown = process.memoryUsage.rss() > Number(maxRssMiB) * 1024 * 1024;
  if (outgrown) writeSync(2, 'Process out of memory\n');
  // Whoever lost its parent has another one.
  if (outgrown || process.ppid !== Number(parentPid)) process.kill(process.pid, 'SIGKILL');
}, EVERY_MS);
