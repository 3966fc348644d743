const LOOK_MS = 1_000;

/**
 * Calls `leave` once the process that started this one is gone: `npm` that was killed, a terminal that was closed. No
 * signal tells of it, so the parent's id is looked at every second. Does not keep the process alive.
 * @param {() => void} leave
 */
export function onOrphaned(leave) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    leave();
  }, LOOK_MS);
  timer.unref();
}
