import { describe, expect, it } from 'vitest';
import { createInterner, type InternNode } from './intern.ts';

const author: InternNode = { below: new Map(), intern: { key: 'id', fields: ['id', 'name', 'tags'] } };
const book: InternNode = { below: new Map([['author', author]]), intern: null };
const root: InternNode = { below: new Map([['books', book]]), intern: null };

interface Books {
  readonly books: { readonly author: unknown }[];
}

function interned(...authors: unknown[]): Books {
  const answer = { books: authors.map((one) => ({ author: one })) };
  createInterner(root).intern(answer);
  return answer;
}

describe('interning an answer', () => {
  it('makes equal objects at one position the very same object', () => {
    const { books } = interned({ id: '1', name: 'Ada', tags: [1] }, { id: '1', name: 'Ada', tags: [1] });
    expect(books[0]?.author).toBe(books[1]?.author);
  });

  it('keeps objects apart that have one id and differ in anything that was asked for', () => {
    for (const other of [
      { id: '1', name: 'Bea', tags: [1] },
      { id: '1', name: 'Ada', tags: [2] },
      { id: '1', name: 'Ada', tags: [1, 2] },
      { id: '1', name: 'Ada' },
      { id: '1', name: 'Ada', tags: { 0: 1 } },
    ]) {
      const { books } = interned({ id: '1', name: 'Ada', tags: [1] }, other);
      expect(books[0]?.author).not.toBe(books[1]?.author);
      expect(books[1]?.author).toEqual(other);
    }
  });

  it('keeps a number and a text of the same digits apart', () => {
    const { books } = interned({ id: 1 }, { id: '1' });
    expect(books.map((one) => one.author)).toEqual([{ id: 1 }, { id: '1' }]);
  });

  it('looks through lists of lists and leaves nulls and wrong values as they are', () => {
    const { books } = interned([[{ id: '1' }], null, 5], [[{ id: '1' }]], null, 'x');
    const [first, second] = books.map((one) => one.author) as [unknown[][], unknown[][]];
    expect(first[0]?.[0]).toBe(second[0]?.[0]);
    expect(books.map((one) => one.author)).toEqual([[[{ id: '1' }], null, 5], [[{ id: '1' }]], null, 'x']);
  });

  it('forgets what it knew when the next answer comes', () => {
    expect(interned({ id: '1' }).books[0]?.author).not.toBe(interned({ id: '1' }).books[0]?.author);
  });

  it.each(['constructor', '__proto__'])('interns under the alias %s', (key) => {
    const node: InternNode = { below: new Map([[key, author]]), intern: null };
    const answers = JSON.parse(`[{"${key}":{"id":"1"}},{"${key}":{"id":"1"}},{}]`) as Record<
      string,
      unknown
    >[];
    createInterner(node).intern(answers);
    expect(answers[0]?.[key]).toBe(answers[1]?.[key]);
    expect(JSON.stringify(answers)).toBe(`[{"${key}":{"id":"1"}},{"${key}":{"id":"1"}},{}]`);
  });
});
