import type { Comparison } from '../tasks/comparison.ts';

/** The highest values that we aim at, by row of the table. */
const BARS: Readonly<Record<string, number>> = {
  '4 fetches side by side: work of execution alone, µs': 35,
  'key-only: publish to client p50, ms': 0.5,
  '4 fetches side by side: publish to client p50, ms': 5,
  '4 fetches one after another: publish to client p50, ms': 5,
  '500 subscribers, one user, 1 fetch: fetches per event': 1,
  '10,000 idle sockets, a list each: RSS per socket, KiB': 23,
  '10,000 idle sockets, one list: RSS per socket, KiB': 23,
};

/** One line for each bar that a column has a value for. Missing one is no failure: machines differ. */
export function compareWithBars(comparison: Comparison, column: string): string {
  const lines = Object.entries(BARS).flatMap(([row, bar]) => {
    const value = comparison.median(row, column);
    if (value === undefined) return [];
    return [`${value <= bar ? 'within' : 'OVER  '} the bar of ${bar}: ${value.toFixed(2)}  ${row}`];
  });
  return lines.join('\n');
}
