import type { Answer, AnswerError } from './contender.ts';

/** What of two answers must be the same. */
export interface Rule {
  /** Whether the same path and code twice is the same as once. */
  readonly once: boolean;
  /** Whether a path ends where it leaves what clients know: stock's go on with `@` and `_entities`. */
  readonly clientPaths: boolean;
  /** Whether indices in paths are passed over: stock miscounts after an entity that is null or has no representation. */
  readonly anyIndex: boolean;
  /** Whether keys of `data` may come in another order: stock puts together fragments that come twice. */
  readonly anyOrder: boolean;
}

/** Path and code of each error, sorted. */
export function errorLines(errors: readonly AnswerError[] | undefined, rule: Rule): string[] {
  const lines = (errors ?? [])
    .map(({ path, extensions }) => {
      const end = rule.clientPaths
        ? (path?.findIndex((key) => key === '@' || key === '_entities') ?? -1)
        : -1;
      const shown = end === -1 ? path : path?.slice(0, end);
      const keys = rule.anyIndex ? shown?.map((key) => (typeof key === 'number' ? '*' : key)) : shown;
      return `${JSON.stringify(keys ?? null)} ${JSON.stringify(extensions?.code ?? null)}`;
    })
    .sort();
  return rule.once ? [...new Set(lines)] : lines;
}

/** How two answers differ, or undefined: `data` as text, with the order of keys; errors by path and code. */
export function difference(expected: Answer, actual: Answer, rule: Rule): string | undefined {
  const [data, other] = [textOf(expected, rule), textOf(actual, rule)];
  if (data !== other) return `data differs\n  expected ${data}\n  actual   ${other}`;
  const [lines, others] = [errorLines(expected.errors, rule), errorLines(actual.errors, rule)];
  if (lines.join('\n') === others.join('\n')) return undefined;
  return `errors differ\n  expected ${lines.join(', ')}\n  actual   ${others.join(', ')}`;
}

function textOf({ data, json }: Answer, { anyOrder }: Rule): string {
  if (anyOrder) return JSON.stringify(sortKeys(data)) ?? 'no data';
  return json ?? JSON.stringify(data) ?? 'no data';
}

/**
 * How an answer differs from the monolith's, or undefined: `data` whatever the order of keys, which stock changes where a
 * fragment comes twice; of errors the paths.
 */
export function differenceFromOracle(expected: Answer, actual: Answer): string | undefined {
  const [data, other] = [JSON.stringify(sortKeys(expected.data)), JSON.stringify(sortKeys(actual.data))];
  if (data !== other) return `data differs from the monolith's\n  expected ${data}\n  actual   ${other}`;
  const [paths, others] = [pathLines(expected), pathLines(actual)];
  if (paths.join('\n') === others.join('\n')) return undefined;
  return `error paths differ from the monolith's\n  expected ${paths.join(', ')}\n  actual   ${others.join(', ')}`;
}

function pathLines({ errors }: Answer): string[] {
  return [...new Set((errors ?? []).map(({ path }) => JSON.stringify(path ?? null)))].sort();
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sortKeys(inner)] as const),
  );
}
