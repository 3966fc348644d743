import type { Comparison } from '../tasks/comparison.ts';

/** From publication to receipt, when nothing has to be fetched. */
const BAR_MS = 0.5;

/** The highest values that we aim at, by row of the table. */
const BARS: Readonly<Record<string, number>> = {
  '4 fetches side by side: work of execution alone, µs': 35,
  'one at a time: publish to client p50, ms': BAR_MS,
  'key-only: publish to client p50, ms': BAR_MS,
  '4 fetches side by side: publish to client p50, ms': 5,
  '4 fetches one after another: publish to client p50, ms': 5,
  '500 subscribers, one user, 1 fetch: fetches per event': 1,
  '10,000 idle sockets, a list each: RSS per socket, KiB': 23,
  '10,000 idle sockets, one list: RSS per socket, KiB': 23,
};

const LATENCIES = [
  'one at a time: publish to client p50, ms',
  'in turn, 100 a second: publish to client p50, ms',
];

/** How much `column` takes of what no gateway can beat, in one line for each load; the best of `floors` stores its events. */
export function compareWithFloor(comparison: Comparison, column: string, floors: readonly string[]): string {
  const lines = LATENCIES.flatMap((row) => {
    const ours = comparison.median(row, column);
    const known = floors.map((floor) => comparison.median(row, floor)).filter((value) => value !== undefined);
    if (ours === undefined || known.length === 0) return [];
    const floor = Math.min(...known);
    const reach =
      floor > BAR_MS ? `; the floor is above the bar of ${BAR_MS}, which nothing can meet here` : '';
    return [
      `${(ours / floor).toFixed(2)} x the floor of a stored event, ${floor.toFixed(2)}: ${row}${reach}`,
    ];
  });
  return lines.join('\n');
}

/** One line for each bar that a column has a value for. Missing one is no failure: machines differ. */
export function compareWithBars(comparison: Comparison, column: string): string {
  const lines = Object.entries(BARS).flatMap(([row, bar]) => {
    const value = comparison.median(row, column);
    if (value === undefined) return [];
    return [`${value <= bar ? 'within' : 'OVER  '} the bar of ${bar}: ${value.toFixed(2)}  ${row}`];
  });
  return lines.join('\n');
}
