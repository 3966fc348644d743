import type { FaultResult } from './run-fault.ts';

const HEAD = ['fault', 'server versions', 'accepted', 'terminal', 'lost', 'duplicated', 'recovery seconds'];

/** True when no invariant is broken and the system has recovered. */
export function isSound(result: FaultResult): boolean {
  return result.lost + result.duplicated + result.findings.length === 0 && result.recoverySeconds !== null;
}

/** The results as one Markdown table. */
export function printTable(results: readonly FaultResult[], versions: string): string {
  const rows = results.map((result) => [
    `${result.fault.id} ${result.fault.title}`,
    versions,
    ...[result.accepted, result.terminal, result.lost, result.duplicated].map(String),
    result.recoverySeconds === null ? 'not recovered' : result.recoverySeconds.toFixed(1),
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
