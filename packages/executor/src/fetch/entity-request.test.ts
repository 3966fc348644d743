import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { composeLibrary, LIBRARY } from '../../test/library-graph.ts';
import { bodyOf, fetchesOf, LINK } from '../../test/small-graph.ts';
import type { CompiledFetch } from '../plan/compile-fetch.ts';
import { createEntityRequestWriter, type ReadyFetch } from './entity-request.ts';

const graph = composeLibrary();
const reviews = buildSubgraphSchema(parse(LINK + LIBRARY.reviews));
const none = (): undefined => undefined;

function ready(fetch: CompiledFetch | undefined, ...ids: string[]): ReadyFetch {
  if (fetch?.entity == null) throw new Error('no fetch of entities');
  return {
    fetch,
    entity: fetch.entity,
    representations: ids.map((id) => `{"__typename":"Book","id":"${id}"}`),
  };
}

function entityFetches(query: string, subgraph: string): readonly CompiledFetch[] {
  const { step } = graph.compiledPlanOf(query);
  return fetchesOf(step).filter((fetch) => fetch.entity !== null && fetch.subgraph === subgraph);
}

const book = (id: string): unknown => ({ __typename: 'Book', id });
const TWO_LISTS =
  'query Q($n: Int, $m: Int) { a: book { reviews(first: $n) { stars } } b: book { reviews(first: $m) { stars } } }';

describe('the request of one fetch', () => {
  it('is the operation of the plan with its representations', () => {
    const [score] = entityFetches('query Q { books { score } }', 'reviews');
    const { request, parts } = createEntityRequestWriter().write([ready(score, '1', '2')], none);
    const { query, variables, operationName } = bodyOf(request);
    expect(query).toBe(score?.node.operation);
    expect(operationName).toBe('Q__reviews__1');
    expect(variables).toEqual({ representations: [book('1'), book('2')] });
    expect(request).toMatchObject({ subgraph: 'reviews', kind: 'query', node: score?.node });
    expect(parts).toEqual([{ alias: '_entities', offset: 0, total: 2 }]);
  });

  it('has the variables that the client sent, and not those it did not send', () => {
    const [first] = entityFetches(TWO_LISTS, 'reviews');
    const written = createEntityRequestWriter().write([ready(first, '1')], (name) =>
      name === 'n' ? 'null' : '5',
    );
    expect(bodyOf(written.request).variables).toEqual({ representations: [book('1')], n: null });
    const bare = createEntityRequestWriter().write([ready(first, '1')], none);
    expect(bodyOf(bare.request).variables).toEqual({ representations: [book('1')] });
  });

  it('takes more representations than a call takes arguments', () => {
    const [score] = entityFetches('{ books { score } }', 'reviews');
    const many = { ...ready(score), representations: Array.from({ length: 300_000 }, () => '{}') };
    const { parts } = createEntityRequestWriter().write([many], none);
    expect(parts).toEqual([{ alias: '_entities', offset: 0, total: 300_000 }]);
  });

  it('is refused when the client has a variable with the name of the representations', () => {
    const [first] = entityFetches(
      'query($representations: Int) { book { reviews(first: $representations) { stars } } }',
      'reviews',
    );
    expect(() => createEntityRequestWriter().write([ready(first, '1')], () => '5')).toThrow(
      'Variables cannot contain key "representations"',
    );
  });
});

describe('one request for several fetches', () => {
  it('has one list of representations for fetches that select the same', () => {
    const fetches = entityFetches('{ a: book { score } b: book { score } }', 'reviews');
    expect(fetches).toHaveLength(2);
    const { request, parts } = createEntityRequestWriter().write(
      [ready(fetches[0], '1', '2'), ready(fetches[1], '3')],
      none,
    );
    expect(bodyOf(request)).toMatchObject({
      query: fetches[0]?.node.operation,
      variables: { representations: [book('1'), book('2'), book('3')] },
    });
    expect(request.node).toBeNull();
    expect(parts).toEqual([
      { alias: '_entities', offset: 0, total: 3 },
      { alias: '_entities', offset: 2, total: 3 },
    ]);
  });

  it('has a field for each selection, each with a list of its own', () => {
    const fetches = entityFetches('query Q { books { score author { age } } }', 'reviews');
    const { request, parts } = createEntityRequestWriter().write(
      fetches.map((fetch, index) => ready(fetch, `${index}`)),
      none,
    );
    const { query, variables } = bodyOf(request);
    expect(validate(reviews, parse(query))).toEqual([]);
    expect(variables).toEqual({ representations: [book('0')], representations1: [book('1')] });
    expect(parts).toEqual([
      { alias: '_entities', offset: 0, total: 1 },
      { alias: '_entities1', offset: 0, total: 1 },
    ]);
  });

  it('declares the variables of all of them, and sends each once', () => {
    const fetches = entityFetches(TWO_LISTS, 'reviews');
    const { request } = createEntityRequestWriter().write(
      fetches.map((fetch) => ready(fetch, '1')),
      (name) => JSON.stringify(name),
    );
    const { query, variables } = bodyOf(request);
    expect(validate(reviews, parse(query))).toEqual([]);
    expect(Object.keys(variables).toSorted()).toEqual(['m', 'n', 'representations', 'representations1']);
  });

  it('finds its text again when the same fetches meet, and another when others do', () => {
    const { write } = createEntityRequestWriter();
    const fetches = entityFetches('{ books { score author { age } } grid { reviews { stars } } }', 'reviews');
    const [one, two, three] = fetches.map((fetch) => ready(fetch, '1'));
    if (one === undefined || two === undefined || three === undefined)
      throw new Error('the plan has three fetches');
    const text = (...met: ReadyFetch[]): string => write(met, none).request.body;
    expect(text(one, two)).toBe(text(one, two));
    for (const met of [
      [one, three],
      [two, three],
      [two, one],
      [one, two, three],
    ])
      expect(validate(reviews, parse(bodyOf({ body: text(...met) }).query))).toEqual([]);
    expect(new Set([text(one, two), text(one, three), text(two, three)]).size).toBe(3);
  });

  it('is not made of a fetch whose variable is called like a list of representations', () => {
    const [first] = entityFetches(
      'query($representations1: Int) { book { reviews(first: $representations1) { stars } } }',
      'reviews',
    );
    expect(first?.entity?.selection).toBeNull();
  });
});
