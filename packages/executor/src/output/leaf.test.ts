import {
  buildSchema,
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  type GraphQLLeafType,
  isLeafType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { leafWriter, quote } from './leaf.ts';

const schema = buildSchema(
  'enum Color { RED } scalar Json scalar toString type Query { a: Color b: Json c: toString }',
);

function leaf(name: string): GraphQLLeafType {
  const type = schema.getType(name);
  if (!isLeafType(type)) throw new Error(`${name} is no leaf`);
  return type;
}

const NO_NUMBERS = [NaN, Infinity, -Infinity];

describe('writing a text', () => {
  it.each([
    ['plain text', 'a b', '"a b"'],
    ['quotes and backslashes', 'a"b\\c', '"a\\"b\\\\c"'],
    ['control characters', '\u0000\b\t\n\u001f', '"\\u0000\\b\\t\\n\\u001f"'],
    ['a delete character and line separators', '\u007f\u2028\u2029', '"\u007f\u2028\u2029"'],
    ['a pair of surrogates', '😀', '"😀"'],
    ['a lone surrogate', 'a\ud83d', '"a\\ud83d"'],
    ['a lone low surrogate', '\ude00b', '"\\ude00b"'],
    ['the empty text', '', '""'],
  ])('writes %s as JSON.stringify does', (_what, text, json) => {
    expect(quote(text)).toBe(json);
    expect(quote(text)).toBe(JSON.stringify(text));
  });
});

describe('writing a leaf value', () => {
  it('takes for Int what has no fraction and no exponent, whatever its size below that', () => {
    const write = leafWriter(GraphQLInt);
    expect([0, -1, 2 ** 31, 1e20].map(write)).toEqual(['0', '-1', '2147483648', '100000000000000000000']);
    expect([1.5, 1e21, -1e21, '1', true, {}, [1], ...NO_NUMBERS].map(write)).toEqual(
      Array(10).fill(undefined),
    );
  });

  it('writes minus zero as zero, as JSON has it', () => {
    expect(leafWriter(GraphQLInt)(-0)).toBe('0');
    expect(leafWriter(GraphQLFloat)(-0)).toBe('0');
  });

  it('takes for Float any finite number', () => {
    const write = leafWriter(GraphQLFloat);
    expect([1.5, 2, 1e21, 5e-324].map(write)).toEqual(['1.5', '2', '1e+21', '5e-324']);
    expect(['1', true, null, {}, ...NO_NUMBERS].map(write)).toEqual(Array(7).fill(undefined));
  });

  it('takes for String texts only', () => {
    expect(leafWriter(GraphQLString)('1')).toBe('"1"');
    expect([1, true, {}, ['a']].map(leafWriter(GraphQLString))).toEqual(Array(4).fill(undefined));
  });

  it('takes for ID texts and integers, each as it is', () => {
    expect(['1', 1, -7].map(leafWriter(GraphQLID))).toEqual(['"1"', '1', '-7']);
    expect([1.5, 1e21, true, {}].map(leafWriter(GraphQLID))).toEqual(Array(4).fill(undefined));
  });

  it('takes for Boolean nothing but the two', () => {
    expect([true, false].map(leafWriter(GraphQLBoolean))).toEqual(['true', 'false']);
    expect([1, 0, 'true', {}].map(leafWriter(GraphQLBoolean))).toEqual(Array(4).fill(undefined));
  });

  it('takes for an enum its names only', () => {
    expect(leafWriter(leaf('Color'))('RED')).toBe('"RED"');
    expect(['BLUE', 'red', 0, true, 'constructor', '__proto__'].map(leafWriter(leaf('Color')))).toEqual(
      Array(6).fill(undefined),
    );
  });

  it('takes any value for a scalar that the schema itself defines, whatever its name', () => {
    for (const name of ['Json', 'toString'])
      expect([{ a: [1] }, 'x', 1.5, false].map(leafWriter(leaf(name)))).toEqual([
        '{"a":[1]}',
        '"x"',
        '1.5',
        'false',
      ]);
  });

  it('takes a value for invalid that is nested deeper than the stack reaches', () => {
    const depth = 200_000;
    const value: unknown = JSON.parse('['.repeat(depth) + ']'.repeat(depth));
    expect(leafWriter(leaf('Json'))(value)).toBeUndefined();
  });
});
