import { describe, expect, it } from 'vitest';
import { composeLibrary } from '../../test/library-graph.ts';
import { fetchesOf } from '../../test/small-graph.ts';
import type { JsonObject, SubgraphError } from '../fetch/subgraph-fetch.ts';
import { entityErrors, fetchError } from './answer-errors.ts';

const plan = composeLibrary().compiledPlanOf('{ books { author { name } } }');
const [root, names] = fetchesOf(plan.step);
if (root === undefined || names === undefined) throw new Error('the plan has two fetches');

const failed: SubgraphError = { message: 'x', path: ['_entities', 0, 'name'] };

const pathsOf = (data: JsonObject, objects: readonly JsonObject[], index: number): (string | undefined)[] => {
  const indexByObject = new Map(objects.map((object, position) => [object, position]));
  const errors = entityErrors([{ index, error: failed }], { fetch: names, root: data, indexByObject });
  return errors.map(({ path }) => path?.join('.'));
};

describe('the places of an error about an entity', () => {
  const [ada, bea] = [{ id: '1' }, { id: '2' }];

  it('are all where its object stands', () => {
    const data = { books: [{ author: ada }, null, { author: bea }, { author: ada }] };
    expect(pathsOf(data, [ada, bea], 0)).toEqual(['books.0.author.name', 'books.3.author.name']);
    expect(pathsOf(data, [ada, bea], 1)).toEqual(['books.2.author.name']);
  });

  it('are the field above the list when its object stands nowhere', () => {
    expect(pathsOf({ books: [] }, [ada], 0)).toEqual(['books']);
  });

  it('are the field above the list behind a hundred thousand others', () => {
    const books = Array.from({ length: 100_000 }, () => ({ author: ada }));
    expect(pathsOf({ books: [...books, { author: bea }] }, [ada, bea], 1)).toEqual(['books']);
  });

  it('are a thousand at most', () => {
    const books = Array.from({ length: 2000 }, () => ({ author: ada }));
    expect(pathsOf({ books }, [ada], 0)).toHaveLength(1000);
  });
});

describe('an error about a fetch', () => {
  it('stands where the subgraph says, when it is about a field of the root', () => {
    expect(fetchError({ message: 'x', path: ['books', 1, 'id'] }, root).path).toEqual(['books', 1, 'id']);
  });

  it('has no path when the subgraph names none', () => {
    expect(fetchError({ message: 'x' }, root).path).toBeUndefined();
    expect(fetchError({ message: 'x' }, names).path).toBeUndefined();
  });

  it('keeps the code of the subgraph and does not believe it about its name', () => {
    const { extensions } = fetchError({ extensions: { code: 'TEAPOT', serviceName: 'other' } }, root);
    expect(extensions).toEqual({ code: 'TEAPOT', serviceName: 'books' });
  });
});
