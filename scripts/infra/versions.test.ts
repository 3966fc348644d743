import { expect, test } from 'vitest';
import { compareVersions, isAtLeast, parseVersion } from './versions.ts';

test('finds the version in what each server prints', () => {
  expect(parseVersion('nats-server: v2.15.1')).toBe('2.15.1');
  expect(parseVersion('Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0')).toBe('7.0.15');
  expect(parseVersion('18.4 (Debian 18.4-1)')).toBe('18.4');
  expect(parseVersion('no number')).toBeUndefined();
});

test('orders versions by number and not by letter', () => {
  const versions = ['2.9.10', '2.15.1-1', '2.10.27-1+b2', '2.10'];
  expect(versions.toSorted(compareVersions)).toEqual(['2.9.10', '2.10', '2.10.27-1+b2', '2.15.1-1']);
});

test('counts a version as at least itself', () => {
  expect(isAtLeast('6.2.0', '6.2')).toBe(true);
  expect(isAtLeast('6.1.9', '6.2')).toBe(false);
});
