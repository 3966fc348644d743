import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '@hoerok/shared/errors';

const LOOK_MS = 200;

/** Waits until the condition holds; one that throws does not hold yet. */
export async function waitFor(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  let reason = '';
  for (;;) {
    try {
      if (await condition()) return;
    } catch (error) {
      reason = `: ${messageOf(error)}`;
    }
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}${reason}`);
    await pause(LOOK_MS);
  }
}
