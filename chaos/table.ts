import type { Experiment, Outcome } from './experiment.ts';

/** A row of the table. */
export interface Row {
  readonly experiment: Experiment;
  readonly outcome: Outcome;
}

const HEAD = [
  'fault',
  'server versions',
  'accepted',
  'terminal',
  'lost',
  'duplicated',
  'recovery s',
  'slowest s',
];

/** True when no invariant is broken and the system has recovered. */
export function isSound({ outcome: result }: Row): boolean {
  return result.lost + result.duplicated + result.findings.length === 0 && result.recoverySeconds !== null;
}

/** The results as one Markdown table. */
export function printTable(results: readonly Row[], versions: string): string {
  const rows = results.map(({ experiment, outcome: result }) => [
    `${experiment.id} ${experiment.title}`,
    versions,
    ...[result.accepted, result.terminal, result.lost, result.duplicated].map(String),
    result.recoverySeconds === null ? 'not recovered' : result.recoverySeconds.toFixed(1),
    result.slowestSeconds.toFixed(1),
  ]);
  const widths = HEAD.map((head, column) =>
    Math.max(...[HEAD, ...rows].map((row) => (row[column] ?? head).length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(HEAD), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n',
  );
}
