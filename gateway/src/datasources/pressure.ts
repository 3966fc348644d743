/** Tells whether this process is short of CPU. */
export interface Pressure {
  readonly isHigh: () => boolean;
  readonly stop: () => void;
}

const SAMPLE_MS = 100;
/** Share of the time that the event loop is busy: from the first on it is short of CPU, below the second no longer. */
const HIGH = 0.85;
const LOW = 0.5;

/** Looks ten times a second; keeps no process alive. */
export function createPressure(): Pressure {
  let before = performance.eventLoopUtilization();
  let isHigh = false;
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    isHigh = utilization > (isHigh ? LOW : HIGH);
  }, SAMPLE_MS);
  timer.unref();
  return { isHigh: () => isHigh, stop: () => clearInterval(timer) };
}
