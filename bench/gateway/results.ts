import type { Contender } from './contenders/contender.ts';
import { LIMIT, LIMITS, OURS, OURS_UNPIPELINED, STOCK } from './contenders/contenders.ts';
import type { Measured, Row } from './rounds.ts';

const HEAD = [
  'gateway',
  'requests/s',
  'to stock',
  'to limit',
  'CPU, ms/request',
  'less than stock',
  'core used',
  'waited',
  'subgraph requests',
  'RSS, MB',
  'p50, ms',
  'p99, ms',
];

/** Medians of the rounds as a table, and what has to be said about it. */
export function describeRows(rows: readonly Row[]): string {
  const rates = new Map(rows.map(({ contender, rounds }) => [contender.key, medianOf(rounds, rate)]));
  const costs = new Map(rows.map(({ contender, rounds }) => [contender.key, medianOf(rounds, cost)]));
  const lines = rows.map(({ contender, rounds, notes }) => {
    const ownRate = rates.get(contender.key);
    const ownCost = costs.get(contender.key);
    return [
      notes.length > 0 ? `${contender.name} (!)` : contender.name,
      show(ownRate),
      ratio(ownRate, rates.get(STOCK.key)),
      ratio(ownRate, rates.get(LIMIT.key)),
      show(ownCost),
      ratio(costs.get(STOCK.key), ownCost),
      percent(medianOf(rounds, ({ cpuMs, seconds }) => cpuMs / 1_000 / seconds)),
      percent(medianOf(rounds, ({ waitedMs, seconds }) => waitedMs / 1_000 / seconds)),
      medianOf(rounds, ({ subgraphRequests }) => subgraphRequests).toFixed(1),
      show(medianOf(rounds, ({ rssMb }) => rssMb)),
      show(medianOf(rounds, ({ p50Ms }) => p50Ms)),
      show(medianOf(rounds, ({ p99Ms }) => p99Ms)),
    ];
  });
  const notes = rows.flatMap((row) => row.notes.map((note) => `(!) ${row.contender.name}: ${note}`));
  return [align([HEAD, ...lines]), ...comparisons(rows, rates, costs), ...notes].join('\n');
}

/** Ours against the fastest peer and against the limit, in one line each. */
function comparisons(
  rows: readonly Row[],
  rates: ReadonlyMap<string, number>,
  costs: ReadonlyMap<string, number>,
): readonly string[] {
  const noPeers: readonly Contender[] = [OURS, OURS_UNPIPELINED, STOCK, ...LIMITS];
  // Who answers something else may well be fast.
  const peers = rows.filter(({ contender, notes }) => !noPeers.includes(contender) && notes.length === 0);
  const keys = peers.map(({ contender }) => contender.key);
  const fastest = keys.sort((a, b) => (rates.get(b) ?? 0) - (rates.get(a) ?? 0))[0] ?? '';
  const compare = (label: string, faster: string, slower: string): readonly string[] => {
    const byRate = ratio(rates.get(faster), rates.get(slower));
    return byRate === ''
      ? []
      : [`${label}: ${byRate}, by CPU ${ratio(costs.get(slower), costs.get(faster))}`];
  };
  return [
    ...compare(`ours / fastest peer (${fastest})`, OURS.key, fastest),
    ...compare('physical limit / ours', LIMIT.key, OURS.key),
  ];
}

function rate({ answered, seconds }: Measured): number {
  return answered / seconds;
}

function medianOf(rounds: readonly Measured[], value: (round: Measured) => number): number {
  const values = rounds.map(value).sort((a, b) => a - b);
  const [low = Number.NaN, high = Number.NaN] = [
    values[Math.floor((values.length - 1) / 2)],
    values[Math.ceil((values.length - 1) / 2)],
  ];
  return (low + high) / 2;
}

function cost({ cpuMs, answered }: Measured): number {
  return cpuMs / answered;
}

function ratio(value: number | undefined, to: number | undefined): string {
  return value === undefined || to === undefined ? '' : `${(value / to).toFixed(2)} x`;
}

function percent(share: number): string {
  return Number.isNaN(share) ? '?' : `${(100 * share).toFixed(0)} %`;
}

function show(value = Number.NaN): string {
  if (Number.isNaN(value)) return '?';
  return value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value >= 10 ? 1 : 2);
}

function align(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const pad = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  const [head, ...body] = lines.map((line) => `| ${line.map(pad).join(' | ')} |`);
  const rule = `|${widths.map((width, column) => `${'-'.repeat(width + 1)}${column === 0 ? '-' : ':'}`).join('|')}|`;
  return [head, rule, ...body].join('\n');
}
