import { describe, expect, it } from 'vitest';
import { composeLibrary } from '../../test/library-graph.ts';
import { bodyOf, fetchesOf } from '../../test/small-graph.ts';
import { createEntityRequestWriter, type ReadyFetch } from '../fetch/entity-request.ts';
import type { Fetcher, SubgraphAnswer, SubgraphFetch } from '../fetch/subgraph-fetch.ts';
import { createEntityFetching, type EntityAnswer } from './entity-fetching.ts';

const graph = composeLibrary();

// Two branches of one selection, and one of another.
const ready = fetchesOf(graph.compiledPlanOf('{ a: book { score author { age } } b: book { score } }').step)
  .filter(({ subgraph }) => subgraph === 'reviews')
  .toSorted((one, other) => one.path.join().localeCompare(other.path.join()))
  .map((fetch): ReadyFetch => {
    if (fetch.entity === null) throw new Error('a fetch without entities');
    return { fetch, entity: fetch.entity, representations: [JSON.stringify({ of: fetch.path.join('.') })] };
  });

interface Fetched {
  readonly requests: SubgraphFetch[];
  readonly outcomes: PromiseSettledResult<EntityAnswer>[];
}

async function fetchAll(fetcher: Fetcher, fetches: readonly ReadyFetch[] = ready): Promise<Fetched> {
  const requests: SubgraphFetch[] = [];
  const fetching = createEntityFetching({
    writer: createEntityRequestWriter(),
    variableJson: () => undefined,
    fetcher: (fetch) => {
      requests.push(fetch);
      return fetcher(fetch);
    },
  });
  const outcomes = await Promise.allSettled(fetches.map((one) => fetching.fetch(one)));
  return { requests, outcomes };
}

// Answers each representation with itself.
function echo(fetch: SubgraphFetch): SubgraphAnswer {
  const lists = Object.entries(bodyOf(fetch).variables);
  return {
    data: Object.fromEntries(
      lists.map(([name, list]) => [name.replace('representations', '_entities'), list]),
    ),
  };
}

const answersOf = ({ outcomes }: Fetched): (EntityAnswer | null)[] =>
  outcomes.map((one) => (one.status === 'fulfilled' ? one.value : null));
const messagesOf = (fetched: Fetched): (readonly (string | undefined)[])[] =>
  answersOf(fetched).map((answer) =>
    (answer?.errors ?? []).map(({ index, error }) => `${index} ${error.message}`),
  );

describe('branches that ask one subgraph at the same moment', () => {
  it('ask it in one request, and each gets its own', async () => {
    const fetched = await fetchAll(async (fetch) => echo(fetch));
    expect(fetched.requests).toHaveLength(1);
    expect(answersOf(fetched).map((answer) => answer?.entities)).toEqual([
      [{ of: 'a' }],
      [{ of: 'a.author' }],
      [{ of: 'b' }],
    ]);
  });

  it('ask each for itself when the request fails as a whole, and one failure leaves the others', async () => {
    const fetched = await fetchAll(async (fetch) => {
      const { variables } = bodyOf(fetch);
      const isAlone =
        Object.keys(variables).length === 1 && (variables['representations'] as unknown[]).length === 1;
      const isBad = JSON.stringify(variables).includes('author');
      return isAlone && !isBad ? echo(fetch) : { data: null, errors: [{ message: 'too old' }] };
    });
    expect(fetched.requests).toHaveLength(4);
    expect(answersOf(fetched).map((answer) => answer?.entities)).toEqual([[{ of: 'a' }], [], [{ of: 'b' }]]);
    expect(messagesOf(fetched)).toEqual([[], ['null too old'], []]);
  });

  it('all learn what the fetcher threw', async () => {
    const fetched = await fetchAll(() => Promise.reject(new Error('refused')));
    expect(fetched.requests).toHaveLength(1);
    expect(fetched.outcomes.map((one) => one.status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  it('ask apart when they cannot be sent together', async () => {
    const apart = ready.map((one) => ({ ...one, entity: { ...one.entity, selection: null } }));
    const fetched = await fetchAll(async (fetch) => echo(fetch), apart);
    expect(fetched.requests).toHaveLength(3);
  });
});

describe('an error of a subgraph', () => {
  const answering =
    (path: unknown, entities: SubgraphAnswer['data']): Fetcher =>
    async () => ({ data: entities, errors: [{ message: 'x', path: path as string[] }] });
  const both = { _entities: [null, null], _entities1: [null] };

  it('goes to the branch whose list and element its path names', async () => {
    expect(messagesOf(await fetchAll(answering(['_entities', 1, 'score'], both)))).toEqual([[], [], ['0 x']]);
    expect(messagesOf(await fetchAll(answering(['_entities1', 0], both)))).toEqual([[], ['0 x'], []]);
  });

  it('goes to all branches of a list when it names no element of it', async () => {
    for (const index of [undefined, 2, -1, 0.5, '0', null])
      expect(messagesOf(await fetchAll(answering(['_entities', index], both)))).toEqual([
        ['null x'],
        [],
        ['null x'],
      ]);
  });

  it('goes to every branch when it names no list', async () => {
    for (const path of [undefined, [], ['score'], [0], ['_entities7', 0], 'text'])
      expect(messagesOf(await fetchAll(answering(path, both)))).toEqual([['null x'], ['null x'], ['null x']]);
  });

  it('explains a list that is null', async () => {
    const [answer] = answersOf(
      await fetchAll(answering(['_entities'], { _entities: null }), ready.slice(0, 1)),
    );
    expect(answer).toMatchObject({ entities: [], errors: [{ index: null }], failure: null });
  });
});

describe('a list of another length than was asked for', () => {
  it.each([[[]], [[{}, {}]]])('is nobody’s, and the errors beside it are kept', async (list) => {
    const fetched = await fetchAll(
      async () => ({ data: { _entities: list }, errors: [{ message: 'x' }] }),
      ready.slice(0, 1),
    );
    const [answer] = answersOf(fetched);
    expect(answer?.entities).toEqual([]);
    expect(answer?.failure?.message).toBe('Expected "data._entities" to contain 1 elements');
    expect(messagesOf(fetched)).toEqual([['null x']]);
  });

  it.each([null, {}, 'x', 5])('may be no list at all: %j', async (list) => {
    const [answer] = answersOf(
      await fetchAll(async () => ({ data: { _entities: list } }), ready.slice(0, 1)),
    );
    expect(answer?.failure?.message).toBe('Expected "data._entities" in response to be an array');
  });
});
