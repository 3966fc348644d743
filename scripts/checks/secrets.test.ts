import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';

const root = fileURLToPath(REPOSITORY);
/** Not part of the repository, or made by others: the lockfile is full of digests. */
const SKIPPED = new Set([
  'node_modules',
  '.git',
  '.hoerok',
  'dist',
  'coverage',
  'secrets',
  'pnpm-lock.yaml',
  'package-lock.json',
]);
const MAX_BYTES = 2 * 1024 * 1024;

const PATTERNS: Readonly<Record<string, RegExp>> = {
  'private key': /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{20}/g,
  'signed token': /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}/g,
  'API key': /\bhrk_[A-Za-z0-9_-]{30,}\b/g,
  'key of a cloud':
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bghp_\w{36}\b|\bxox[abp]-[\w-]{20,}|\bsk-[A-Za-z0-9_-]{20,}/g,
  'URL with a password': /\b[a-z]+:\/\/[^\s:/@'"`$]*:(?<secret>[^\s:/@'"`${}]{16,})@/g,
  'random text': /(?<![\w/+=.-])(?<secret>[A-Za-z0-9+/_-]{32,})(?![\w/+.-])/g,
};

function* filesUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (SKIPPED.has(entry.name) || entry.isSymbolicLink()) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (statSync(path).size <= MAX_BYTES) yield path;
  }
}

/** Bits for each character; text that people write stays below 4.3, random letters and digits lie above. */
function entropy(text: string): number {
  const counts = Map.groupBy(text, (character) => character);
  return [...counts.values()].reduce(
    (sum, { length }) => sum - (length / text.length) * Math.log2(length / text.length),
    0,
  );
}

/** Upper case, lower case and digits all through: not a path, a name or a list. Hexadecimal is random above 3.5 bits. */
function isRandom(text: string): boolean {
  if (/^[0-9a-f]+$/.test(text)) return entropy(text) > 3.5;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(text));
  const words = text.match(/[a-z]{5,}/g)?.length ?? 0;
  return kinds && words < 2 && entropy(text) > 4.4;
}

/** What of `text` looks like a secret: kind and beginning. */
function findSecrets(text: string): string[] {
  return Object.entries(PATTERNS).flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)]
      .map(({ 0: all, groups }) => groups?.['secret'] ?? all)
      .filter((secret) => kind !== 'random text' || isRandom(secret))
      .map((secret) => `${kind} ${secret.slice(0, 12)}…`),
  );
}

/** Digests and test vectors that are public, by file. A line here is a decision that somebody has made. */
const REVIEWED: Readonly<Record<string, readonly string[]>> = {
  // An alphabet.
  'packages/shared/src/auth/api-key.ts': ['random text 0123456789AB…'],
  // FIPS 180-2, appendix B.1.
  'scripts/infra/nats.test.ts': ['random text ba7816bf8f01…'],
};

/** Its ids are the SHA-256 digests of its bodies, which scripts/operations checks. */
const DIGESTS = 'operations/manifest.json';

it('C34: no file of the repository holds a secret', () => {
  const found: string[] = [];
  for (const path of filesUnder(root)) {
    const name = relative(root, path);
    const text = readFileSync(path, 'utf8');
    for (const secret of findSecrets(name === DIGESTS ? text.replaceAll(/"[0-9a-f]{64}"/g, '') : text))
      if (REVIEWED[name]?.includes(secret) !== true) found.push(`${name}: ${secret}`);
  }
  expect(found).toEqual([]);
});

it('C34: a secret that somebody commits would be found', () => {
  // Made of parts, so that this file holds none itself.
  const random = ['8f3a1c9be27d4056a1f0', 'c3d29e7b5f8810d4e6a2'].join('');
  expect(findSecrets(`DATABASE_URL=postgres://app:${random}@db/app`)).toHaveLength(2);
  expect(findSecrets(`key = '${random}'`)).toHaveLength(1);
  expect(findSecrets(`-----BEGIN ${'PRIVATE'} KEY-----\n${'MC4CAQAwBQYDK2Vw'}BCIE`)).toHaveLength(1);
  expect(
    findSecrets(`token: ${['eyJhbGciOiJFZERTQSJ9', 'eyJzdWIiOiJ1LTEifQ', 'c2lnbmF0dXJlLWhlcmU'].join('.')}`),
  ).toHaveLength(1);
  expect(findSecrets(`AWS_KEY=${'AKIA'}${'IOSFODNN7EXAMPLE'}`)).toHaveLength(1);
});
