import { describe, expect, it } from 'vitest';
import { prepareData, stringifyResult } from './prepared-data.ts';

// No writer of ours puts a space there, so whoever parses and writes again is found out.
const JSON_TEXT = '{"a": {"b":[1,2]},"__proto__":{"c":3},"n":null}';

describe('prepared data', () => {
  it('are written as they were prepared when nobody looks at them', () => {
    const errors = [{ message: 'm' }];
    const result = { errors, data: prepareData(JSON_TEXT), extensions: undefined as never };
    expect(stringifyResult(result)).toBe(`{"errors":[{"message":"m"}],"data":${JSON_TEXT}}\n`);
  });

  it('look to a plugin like any object', () => {
    const data = prepareData(JSON_TEXT);
    expect(Object.keys(data ?? {})).toEqual(['a', '__proto__', 'n']);
    expect(prepareData(JSON_TEXT)?.['a']).toEqual({ b: [1, 2] });
    expect('n' in (prepareData(JSON_TEXT) ?? {})).toBe(true);
    expect({ ...prepareData('{"x":1}') }).toEqual({ x: 1 });
    expect(JSON.stringify({ data: prepareData(JSON_TEXT) })).toBe(`{"data":${JSON_TEXT.replace(' ', '')}}`);
    expect(Object.isFrozen(Object.freeze(data))).toBe(true);
  });

  it.each<[string, (data: Record<string, unknown>) => unknown, string]>([
    ['adds to', (data) => (data['z'] = 1), '{"x":{"y":1},"z":1}'],
    ['takes from', (data) => Reflect.deleteProperty(data, 'x'), '{}'],
    ['changes the inside of', (data) => Object.assign(data['x'] as object, { y: 2 }), '{"x":{"y":2}}'],
    ['defines something in', (data) => Object.defineProperty(data, 'x', { value: 0 }), '{"x":0}'],
  ])('are written as they are after a plugin %s them', (_what, change, expected) => {
    const data = prepareData('{"x":{"y":1}}');
    change(data ?? {});
    expect(stringifyResult({ data })).toBe(`{"data":${expected}}\n`);
  });

  it('are null when there are none', () => {
    expect(stringifyResult({ data: prepareData('null') })).toBe('{"data":null}\n');
    expect(stringifyResult({ errors: [] })).toBe('{"errors":[]}\n');
  });
});
