import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { textOf } from './graphql-document.ts';

class TypedDocumentString extends String {
  override toString(): string {
    return this.valueOf();
  }
}

it('takes the text of whatever a generator makes', () => {
  const text = '{ viewer { name } }';
  for (const document of [text, new TypedDocumentString(text), parse(text)])
    expect(textOf(document)).toBe(text);
});

it('refuses a syntax tree that does not remember its text', () => {
  expect(() => textOf(parse('{ viewer { name } }', { noLocation: true }))).toThrow(/print\(\)/);
});
