import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 600_000;

/** Asks every `intervalMs` until the answer is yes. @throws Error after ten minutes */
export async function until(condition: () => Promise<boolean> | boolean, intervalMs = 5): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('Waited ten minutes for jobs that do not finish.');
    await pause(intervalMs);
  }
}
