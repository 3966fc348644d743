import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { readSha256 } from './digest-header.ts';

const base64 = createHash('sha256').update('hello').digest('base64');
const hex = createHash('sha256').update('hello').digest('hex');

it.each([
  [`sha-256=:${base64}:`, hex],
  [`sha-512=:YWJj:, sha-256=:${base64}:`, hex],
  ['sha-512=:YWJj:', undefined],
  ['sha-256=:YWJj:', null],
  ['sha-256=abc', null],
  [undefined, undefined],
])('reads the SHA-256 of a digest header: %s', (header, digest) => {
  expect(readSha256(header)).toBe(digest);
});
