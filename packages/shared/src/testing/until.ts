/** Options of {@link until}. */
export interface UntilOptions {
  /** @default 20000 */
  readonly deadlineMs?: number;
  /** @default 20 */
  readonly intervalMs?: number;
}

/**
 * Waits until `condition` gives something other than undefined or false, and returns it.
 * @throws Error naming `what` when the deadline passes.
 */
export async function until<T>(
  what: string,
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  options: UntilOptions = {},
): Promise<T> {
  const { deadlineMs = 20_000, intervalMs = 20 } = options;
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`Waited ${deadlineMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, intervalMs));
  }
}
