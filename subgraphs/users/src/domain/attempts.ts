/** Failed sign-ins that one e-mail address may have within {@link ATTEMPT_WINDOW_MS}. */
export const MAX_ATTEMPTS = 10;

/** Length of the sliding window. */
export const ATTEMPT_WINDOW_MS = 15 * 60_000;

/**
 * When the next sign-in may be tried; null for now. `attempts` are the times of those that count.
 */
export function nextAttemptAt(attempts: readonly Date[], now: Date): Date | null {
  const times = attempts
    .map((attempt) => attempt.getTime() + ATTEMPT_WINDOW_MS)
    .filter((leavesWindowAt) => leavesWindowAt > now.getTime())
    .toSorted((a, b) => b - a);
  const blocking = times[MAX_ATTEMPTS - 1];
  return blocking === undefined ? null : new Date(blocking);
}
