import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../fetch/subgraph-fetch.ts';
import { findEntities, type PathStep, placeEntities } from './find-entities.ts';

const key = (name: string, isShared = false): PathStep => ({ kind: 'key', key: name, isShared });
const each = (isShared = false): PathStep => ({ kind: 'each', isShared });

describe('finding the objects of a fetch', () => {
  it('finds the root at the end of an empty path', () => {
    const root = {};
    expect(findEntities(root, [])).toEqual([root]);
  });

  it('goes through keys and lists, and passes over nulls and whatever is no object', () => {
    const root = {
      books: [{ author: { id: 1 } }, null, { author: null }, { author: 'x' }, 5, { author: { id: 2 } }],
    };
    expect(findEntities(root, [key('books'), each(), key('author')])).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('looks through lists of lists at the end of the path', () => {
    const root = { grid: [[{ id: 1 }, null], [], [{ id: 2 }]] };
    expect(findEntities(root, [key('grid'), each(), each()])).toEqual([{ id: 1 }, { id: 2 }]);
    expect(findEntities(root, [key('grid'), each()])).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('finds nothing where a subgraph gave an object for a list, or a list for an object', () => {
    expect(findEntities({ books: { id: 1 } }, [key('books'), each()])).toEqual([]);
    expect(findEntities({ book: [{ author: {} }] }, [key('book'), key('author')])).toEqual([]);
  });

  it('finds a shared object once', () => {
    const author = { id: 1 };
    const root = { books: [{ author }, { author }, { author: { id: 1 } }] };
    expect(findEntities(root, [key('books'), each(), key('author', true)])).toHaveLength(2);
    expect(findEntities(root, [key('books'), each(), key('author')])).toHaveLength(3);
  });

  it('looks once into a list that several objects share', () => {
    const tags = [{ id: 1 }, { id: 2 }];
    const root = { books: [{ tags }, { tags }] };
    expect(findEntities(root, [key('books'), each(), key('tags', true), each(true)])).toEqual(tags);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'finds nothing under a key %s that is only inherited',
    (name) => {
      expect(findEntities({}, [key(name)])).toEqual([]);
    },
  );
});

describe('placing the objects of a fetch', () => {
  it('tells every place of a shared object, in the order of the answer', () => {
    const author = { id: 1 };
    const root: JsonObject = { books: [{ author }, null, { author }] };
    expect([...placeEntities(root, [key('books'), each(), key('author', true)])]).toEqual([
      { object: author, path: ['books', 0, 'author'] },
      { object: author, path: ['books', 2, 'author'] },
    ]);
  });

  it('tells the index in every list of lists', () => {
    const root = { grid: [[], [{ id: 1 }]] };
    const place = { object: { id: 1 }, path: ['grid', 1, 0] };
    expect([...placeEntities(root, [key('grid'), each(), each()])]).toEqual([place]);
    expect([...placeEntities(root, [key('grid')])]).toEqual([place]);
  });

  it('can be stopped before it has seen everything', () => {
    const tags = Array.from({ length: 1000 }, () => ({}));
    const root = { books: Array.from({ length: 1000 }, () => ({ tags })) };
    const places = placeEntities(root, [key('books'), each(), key('tags', true), each(true)]);
    expect(places.next().value).toEqual({ object: {}, path: ['books', 0, 'tags', 0] });
    expect(places.return(undefined).done).toBe(true);
  });
});
