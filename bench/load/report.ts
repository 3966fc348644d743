import { type CacheReads, hitRate } from './cache-rates.ts';
import { allTimes, errorRate, quantile, type StepResult } from './drive.ts';
import type { KindCost } from './scaling.ts';

/** A step with what it cost. */
export interface MeasuredStep extends StepResult {
  readonly cpuMs: ReadonlyMap<string, number>;
  readonly rssMb: ReadonlyMap<string, number>;
  readonly cache: ReadonlyMap<string, CacheReads>;
  readonly cores: number;
}

/** Milliseconds that 95 of 100 actions are to stay under. */
export const P95_BAR_MS = 500;
/** Hits that the cache is to have, of a hundred reads. */
export const HIT_BAR = 0.7;
/** Actions that may fail. */
export const ERROR_BAR = 0.001;

/** True when the platform carries the load of the step. */
export function isCarried(step: StepResult): boolean {
  return quantile(allTimes(step), 0.95) < P95_BAR_MS && errorRate(step) <= ERROR_BAR;
}

/** One line of a step. */
export function describeStep(step: MeasuredStep): string {
  const times = allTimes(step);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => milliseconds(quantile(times, share)));
  const busy = sum(step.cpuMs.values()) / 1_000 / step.seconds;
  return (
    `${String(step.rate).padStart(5)}/s: p50 ${p50}, p95 ${p95}, p99 ${p99} ms, errors ${percent(errorRate(step))}, ` +
    `cache hits ${percent(hitRate(step.cache.values()))}, ${busy.toFixed(2)} of ${step.cores} cores, ` +
    `${step.mostUnderWay} under way at most: ${isCarried(step) ? 'carried' : 'NOT carried'}`
  );
}

/** Times of each kind, what went wrong, the cache by family, and CPU and memory by process. */
export function describeMost(step: MeasuredStep): string {
  const kinds = step.kinds.map(({ name, times, errors, refusals }) => {
    const row = [0.5, 0.95, 0.99].map((share) => milliseconds(quantile(times, share)));
    return [name, String(times.length), ...row, tallied(errors), tallied(refusals)];
  });
  const families = [...step.cache]
    .filter(([, { hits, misses }]) => hits + misses > 0)
    .map(([family, reads]) => {
      return [family, String(reads.hits + reads.misses), percent(hitRate([reads]))];
    });
  const actions = step.kinds.reduce((all, { times }) => all + times.length, 0);
  const processes = [...step.cpuMs].map(([name, ms]) => {
    const share = ms / 10 / step.seconds;
    const rss = step.rssMb.get(name) ?? 0;
    return [name, (ms / actions).toFixed(2), `${share.toFixed(0)} %`, rss.toFixed(0)];
  });
  return [
    table(['kind', 'answered', 'p50, ms', 'p95', 'p99', 'errors', 'refused'], kinds),
    table(['cached', 'reads', 'hits'], families),
    table(['process', 'CPU, ms/action', 'of a core', 'RSS without shared, MB'], processes),
  ].join('\n\n');
}

/** What each kind costs, by process. */
export function describeCosts(costs: readonly KindCost[]): string {
  const names = [...(costs[0]?.cpuMs.keys() ?? [])];
  const rows = costs.map(({ name, cpuMs }) => [
    name,
    sum(cpuMs.values()).toFixed(1),
    ...names.map((process) => (cpuMs.get(process) ?? 0).toFixed(1)),
  ]);
  return table(['CPU, ms for one', 'all', ...names], rows);
}

/** Names and numbers as a table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((text, column) =>
          column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

/** A share as a percentage; `-` where there is nothing to take it of. */
export function percent(share: number): string {
  return Number.isNaN(share) ? '-' : `${(100 * share).toFixed(share < 0.01 && share > 0 ? 2 : 0)} %`;
}

function milliseconds(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(0);
}

export function sum(values: Iterable<number>): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}

function tallied(codes: readonly string[]): string {
  const counts = [...Map.groupBy(codes, (code) => code)].map(([code, all]) => `${all.length} ${code}`);
  return counts.length === 0 ? '-' : counts.join(', ');
}
