import { randomUUID } from 'node:crypto';
import { signRequest } from '@hoerok/shared/auth';
import { describe, expect, inject, it } from 'vitest';

const repeated = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const bomb = (fragments: number): string => {
  const spread = (index: number): string =>
    index === fragments ? '__typename' : `...F${index} ...F${index}`;
  return `{ ...F0 } ${repeated(fragments, (i) => `fragment F${i} on Query { ${spread(i + 1)} }`)}`;
};

/** What every subgraph refuses, whatever its schema. */
const HOSTILE: readonly (readonly [string, string])[] = [
  ['a fragment bomb', bomb(22)],
  ['aliases', `{ a { ${repeated(501, (i) => `a${i}: __typename`)} } }`],
  ['root fields', `{ ${repeated(201, (i) => `a${i}: __typename`)} }`],
  ['repetitions', `{ ${'__typename '.repeat(201)} }`],
  ['directives', `{ __typename ${'@include(if: true) '.repeat(21)} }`],
  ['fragments', `{ __typename } ${repeated(501, (i) => `fragment F${i} on Query { __typename }`)}`],
  ['depth', `{ ${'a { '.repeat(31)} b ${'}'.repeat(31)} }`],
];

/** A list of each subgraph that takes `first`. */
const LISTS: Readonly<Record<string, string>> = {
  ai: '{ _entities(representations: []) { ... on Minutes { keywords(first: 1000000) { text } } } }',
  meetings: '{ meetings(first: 1000000) { totalCount } }',
  notifications:
    '{ _entities(representations: []) { ... on User { notifications(first: 1000000) { totalCount } } } }',
  tasks: '{ tasks(first: 1000000) { totalCount } }',
  todos: '{ todos(first: 1000000) { totalCount } }',
  transcripts:
    '{ _entities(representations: []) { ... on Transcript { sections(first: 1000000) { totalCount } } } }',
  users: '{ users(first: 1000000) { totalCount } }',
};

const REFUSED_WITHIN_MS = 250;

async function ask(
  url: string,
  query: string,
): Promise<{ status: number; codes: unknown[]; tookMs: number }> {
  const body = JSON.stringify({ query });
  const viewer = { kind: 'service', service: 'meetings', workspaceId: 'w', onBehalfOf: null } as const;
  const stamp = { key: inject('signingKey'), viewer, nowMs: Date.now(), nonce: randomUUID() };
  const headers = {
    'content-type': 'application/json',
    ...signRequest({ method: 'POST', path: '/graphql', body }, stamp),
  };
  const startedAt = performance.now();
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  const answer = (await response.json()) as { errors?: { extensions?: { code?: unknown } }[] };
  const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.code);
  return { status: response.status, codes, tookMs: performance.now() - startedAt };
}

describe('C12: a subgraph', () => {
  it.each(Object.keys(LISTS))(
    '%s refuses what costs too much from whoever signs, and serves the next',
    async (name) => {
      const url = inject('subgraphUrls')[name] ?? '';
      await ask(url, '{ __typename }');
      for (const [what, query] of [...HOSTILE, ['a long list', LISTS[name] ?? ''] as const]) {
        const { status, codes, tookMs } = await ask(url, query);
        expect([what, status, codes]).toEqual([what, 400, ['OPERATION_TOO_LARGE']]);
        expect(tookMs).toBeLessThan(REFUSED_WITHIN_MS);
      }
      expect((await ask(url, '{ __typename }')).status).toBe(200);
    },
  );

  it('is tested for each that there is', () => {
    expect(Object.keys(inject('subgraphUrls')).sort()).toEqual(Object.keys(LISTS));
  });
});
