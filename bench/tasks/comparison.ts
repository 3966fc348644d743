import { quantile, type Results } from './measures.ts';

/** Results of all rounds, by row and by column. */
export interface Comparison {
  /** Adds what one round of one column has measured; `suffix` goes behind the names of the rows. */
  readonly add: (column: string, results: Results, suffix?: string) => void;
  readonly median: (row: string, column: string) => number | undefined;
  /** Medians of the rounds as a table; behind each its ratio to the first column. */
  readonly table: () => string;
}

/** Collects results for one table whose columns are given; rows come in the order in which they are first added. */
export function createComparison(columns: readonly string[]): Comparison {
  const rows = new Map<string, Map<string, number[]>>();
  const median = (row: string, column: string): number | undefined => {
    const values = rows.get(row)?.get(column);
    return values === undefined ? undefined : quantile(values, 0.5);
  };
  const cell = (row: string, column: string): string => {
    const value = median(row, column);
    if (value === undefined) return '';
    const ours = median(row, columns[0] ?? '');
    if (column === columns[0] || ours === undefined || ours === 0) return round(value);
    return `${round(value)} (${(value / ours).toFixed(2)}x)`;
  };
  return {
    add: (column, results, suffix = '') => {
      for (const [name, value] of Object.entries(results)) {
        const key = `${name}${suffix}`;
        const row = rows.get(key) ?? new Map<string, number[]>();
        rows.set(key, row);
        row.set(column, [...(row.get(column) ?? []), value]);
      }
    },
    median,
    table: () =>
      align([
        ['median of the rounds (ratio to ours)', ...columns],
        ...[...rows.keys()].map((row) => [row, ...columns.map((column) => cell(row, column))]),
      ]),
  };
}

function round(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 10 ? 1 : 2);
}

function align(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const draw = (line: readonly string[]): string =>
    `| ${line.map((text, column) => (column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const [head = [], ...body] = lines;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [draw(head), rule, ...body.map(draw)].join('\n');
}
