import { describe, expect, it } from 'vitest';
import { composeLibrary } from '../../test/library-graph.ts';
import { fetchesOf } from '../../test/small-graph.ts';
import type { InternNode } from '../entities/intern.ts';
import { createPositions, type Positions } from './positions.ts';

const graph = composeLibrary();

function positionsOf(query: string): Positions {
  return createPositions(fetchesOf(graph.compiledPlanOf(query).step));
}

function internOf(query: string, index = 0): InternNode | null {
  return fetchesOf(graph.compiledPlanOf(query).step)[index]?.internNode ?? null;
}

describe('a position of the answer', () => {
  it('is contested when more than one fetch brings objects there', () => {
    const { isContested } = positionsOf('{ books { title score shelf { row room } } }');
    expect(isContested(['books', 'shelf'])).toBe(true);
    expect(isContested(['books'])).toBe(false);
  });

  it('is not contested when several fetches bring single values to its objects', () => {
    const { isContested } = positionsOf('{ books { author { name age } } }');
    expect(isContested(['books', 'author'])).toBe(false);
  });

  it('is not contested by fetches at another alias', () => {
    const { isContested } = positionsOf('{ books { a: shelf { row } b: shelf { room } } }');
    expect(isContested(['books', 'a'])).toBe(false);
    expect(isContested(['books', 'b'])).toBe(false);
  });

  it('is shared when entities get objects there', () => {
    const { isShared } = positionsOf('{ books { title reviews { stars } } }');
    expect(isShared(['books', 'reviews'])).toBe(true);
    expect(isShared(['books', 'title'])).toBe(false);
  });

  it('is not shared when it is contested: each object has a copy of its own there', () => {
    expect(positionsOf('{ books { shelf { row room } } }').isShared(['books', 'shelf'])).toBe(false);
  });

  it('is shared when its objects are fetched for and can be told apart', () => {
    const { isShared } = positionsOf('{ books { author { name } } }');
    expect(isShared(['books', 'author'])).toBe(true);
  });

  it('is the same whatever lists lead to it', () => {
    const { isShared } = positionsOf('{ grid { author { name } } }');
    expect(isShared(['grid', 'author'])).toBe(true);
  });
});

describe('where equal objects become one', () => {
  it('is where objects are fetched for, told apart by their key', () => {
    const author = internOf('{ books { author { name } } }')?.below.get('books')?.below.get('author');
    expect(author?.intern).toEqual({ key: 'id', fields: ['__typename', 'id'] });
  });

  it('is nowhere when nothing is fetched for the objects', () => {
    expect(internOf('{ books { title } }')).toBeNull();
  });

  it('is below entities in the answer to their own fetch', () => {
    const query = '{ authors { best { score } } }';
    const best = internOf(query, 1);
    expect(best?.intern).toBeNull();
    expect(best?.below.get('best')?.intern?.key).toBe('id');
  });
});
