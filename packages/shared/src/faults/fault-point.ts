/**
 * A place where a test kills this process, to prove that nothing is lost or done twice: SIGKILL when the environment
 * variable `CRASH_AT` is `name`, nothing otherwise.
 */
export function faultPoint(name: string): void {
  if (process.env['CRASH_AT'] === name) process.kill(process.pid, 'SIGKILL');
}
