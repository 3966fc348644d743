import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../fetch/subgraph-fetch.ts';
import { attach } from './attach.ts';
import { mergeJson } from './merge-json.ts';

const json = (text: string): JsonObject => JSON.parse(text) as JsonObject;

function merged(target: string, source: string): string {
  const into = json(target);
  mergeJson(into, json(source));
  return JSON.stringify(into);
}

describe('merging JSON', () => {
  it('merges objects key by key, whatever their depth', () => {
    expect(merged('{"a":{"b":1,"c":{"d":2}}}', '{"a":{"c":{"e":3}}}')).toBe(
      '{"a":{"b":1,"c":{"d":2,"e":3}}}',
    );
  });

  it('merges lists of equal length element by element', () => {
    expect(merged('{"a":[{"b":1},[{"c":2}]]}', '{"a":[{"d":3},[{"e":4}]]}')).toBe(
      '{"a":[{"b":1,"d":3},[{"c":2,"e":4}]]}',
    );
  });

  it('replaces a list by one of another length', () => {
    expect(merged('{"a":[{"b":1}]}', '{"a":[{"b":2},{"b":3}]}')).toBe('{"a":[{"b":2},{"b":3}]}');
  });

  it('lets the new value win over anything that cannot be merged, null included', () => {
    expect(merged('{"a":{"b":1},"c":null}', '{"a":null,"c":[1]}')).toBe('{"a":null,"c":[1]}');
  });

  it('passes over what is undefined', () => {
    const target = json('{"a":1}');
    mergeJson(target, { a: undefined });
    expect(target).toEqual({ a: 1 });
  });

  it('gives a key that is called __proto__ to the object alone', () => {
    expect(merged('{}', '{"__proto__":{"polluted":1}}')).toBe('{"__proto__":{"polluted":1}}');
    expect(merged('{"__proto__":{"a":1}}', '{"__proto__":{"b":2}}')).toBe('{"__proto__":{"a":1,"b":2}}');
    expect(({} as JsonObject)['polluted']).toBeUndefined();
  });

  it('merges nothing into what every object inherits', () => {
    expect(merged('{}', '{"constructor":{"polluted":1},"toString":{"b":1}}')).toBe(
      '{"constructor":{"polluted":1},"toString":{"b":1}}',
    );
    expect((Object as unknown as JsonObject)['polluted']).toBeUndefined();
  });
});

describe('attaching an answer to an object', () => {
  it('leaves behind keys that nobody asked for', () => {
    const target = json('{"id":"1"}');
    attach(target, json('{"name":"Ada","secret":"x"}'), [{ key: 'name', isContested: false }]);
    expect(target).toEqual({ id: '1', name: 'Ada' });
  });

  it('gives targets the very same value under a key that only this fetch brings', () => {
    const [one, other, answer] = [json('{}'), json('{}'), json('{"list":[{"a":1}]}')];
    for (const target of [one, other]) attach(target, answer, [{ key: 'list', isContested: false }]);
    expect(one['list']).toBe(other['list']);
  });

  it('gives each target a copy of its own under a contested key, merged with what is there', () => {
    const [one, other, answer] = [json('{"a":{"b":1}}'), json('{}'), json('{"a":{"c":2}}')];
    for (const target of [one, other]) attach(target, answer, [{ key: 'a', isContested: true }]);
    expect(one).toEqual({ a: { b: 1, c: 2 } });
    expect(other['a']).not.toBe(answer['a']);
    (one['a'] as JsonObject)['c'] = 3;
    expect(other).toEqual({ a: { c: 2 } });
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'takes a missing key for missing when it is called %s',
    (key) => {
      const target = json('{}');
      attach(target, json('{}'), [{ key, isContested: true }]);
      expect(Object.keys(target)).toEqual([]);
    },
  );

  it('brings an alias that is called __proto__ without touching any prototype', () => {
    const target = json('{}');
    attach(target, json('{"__proto__":{"polluted":1}}'), [{ key: '__proto__', isContested: true }]);
    expect(JSON.stringify(target)).toBe('{"__proto__":{"polluted":1}}');
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
    expect(({} as JsonObject)['polluted']).toBeUndefined();
  });
});
