let survived = 0;

/**
 * A place where a test kills this process, to prove that nothing is lost or done twice: SIGKILL when the environment
 * variable `CRASH_AT` is `name`, nothing otherwise. `CRASH_AFTER` is how often the place is survived before. @default 0
 */
export function faultPoint(name: string): void {
  if (process.env['CRASH_AT'] !== name) return;
  if (survived >= Number(process.env['CRASH_AFTER'] ?? 0)) process.kill(process.pid, 'SIGKILL');
  survived += 1;
}
