import { describe, expect, it } from 'vitest';
import type { InternNode } from '../entities/intern.ts';
import { createAnswerReader } from './answer-reader.ts';
import { parseAnswer } from './parse-answer.ts';

const author: InternNode = { below: new Map(), intern: { key: 'id', fields: ['id', 'name'] } };
const books: InternNode = { below: new Map([['author', author]]), intern: null };
const data: InternNode = { below: new Map([['books', books]]), intern: null };

interface Parsed {
  readonly data: { readonly books: readonly { readonly author: object | null }[] };
}

const answerOf = (...authors: unknown[]): string =>
  JSON.stringify({ data: { books: authors.map((one, index) => ({ title: `No. ${index}`, author: one })) } });

describe('an answer that repeats itself', () => {
  it('is parsed to the same values, with equal objects at one position being one', () => {
    const [ada, bob] = [
      { id: '1', name: 'Ada' },
      { id: '2', name: 'Bob' },
    ];
    const text = answerOf(ada, bob, ada, null, bob);
    const { value, repeatedChars } = parseAnswer(text, data);
    expect(value).toEqual(JSON.parse(text));
    const [first, second, third, , fifth] = (value as Parsed).data.books;
    expect(third?.author).toBe(first?.author);
    expect(fifth?.author).toBe(second?.author);
    expect(second?.author).not.toBe(first?.author);
    expect(repeatedChars).toBe(JSON.stringify(ada).length + JSON.stringify(bob).length);
  });

  it('keeps objects apart of which one begins like the other, or differs in one character', () => {
    const text = answerOf(
      { id: '1', name: 'Ada' },
      { id: '1', name: 'Ada', more: 1 },
      { id: '1', name: 'Adb' },
    );
    const { value, repeatedChars } = parseAnswer(text, data);
    expect(value).toEqual(JSON.parse(text));
    expect(repeatedChars).toBe(0);
  });

  it('is read whatever its spaces, escapes and numbers', () => {
    const text = ` { "data" : { "books" : [ { "author" : {"id":"\\u00e9\\\\","name":"a\\"b}]"} , "n" : -0.5e+3 , "t" : true } , { } , [ ] ] , "회록" : "é\\n" } , "errors" : [ { "message" : "\\"}" } ] } \n`;
    expect(parseAnswer(text, data).value).toEqual(JSON.parse(text));
  });

  it('may have a key that is the name of the prototype', () => {
    const text = '{"data":{"books":[{"author":{"id":"1","__proto__":{"x":1}}}]}}';
    const { value } = parseAnswer(text, data);
    expect(JSON.stringify(value)).toBe(text);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  it.each([
    '',
    '{',
    '{"data":{"books":[{]}}',
    '{"data":01}',
    '{"data":tru}',
    '{"data":null}}',
    '{"data" null}',
    '"\\"',
  ])('is refused as JSON.parse refuses it: %s', (text) => {
    expect(() => parseAnswer(text, data)).toThrow(SyntaxError);
  });
});

describe('a reader of answers', () => {
  const long = 'x'.repeat(600);

  it('goes on without looking for repetitions when there are few, and looks again later', () => {
    const habit = { nativeAnswers: 0 };
    const text = answerOf({ id: '1', name: `${long}1` }, { id: '2', name: `${long}2` });
    const first = createAnswerReader(data, habit);
    expect(first.parse(text)).toEqual(JSON.parse(text));
    expect(first.isInterned()).toBe(true);
    const second = createAnswerReader(data, habit);
    expect(second.parse(text)).toEqual(JSON.parse(text));
    expect(second.isInterned()).toBe(false);
    habit.nativeAnswers = 0;
    const later = createAnswerReader(data, habit);
    later.parse(text);
    expect(later.isInterned()).toBe(true);
  });

  it('goes on looking as long as most of an answer is repetition', () => {
    const habit = { nativeAnswers: 0 };
    const ada = { id: '1', name: long };
    createAnswerReader(data, habit).parse(answerOf(ada, ada, ada, ada));
    expect(habit.nativeAnswers).toBe(0);
  });
});
