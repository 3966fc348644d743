import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from './load-config.ts';
import { serviceEnvironment } from './service-environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
const secretFile = join(folder, 'database-url');
writeFileSync(secretFile, 'postgres://app:secret@db/app\n');
afterAll(() => rmSync(folder, { recursive: true }));

const complete = {
  PORT: '4000',
  DATABASE_URL: 'postgres://app@db/app',
  NATS_URL: 'nats://nats:4222',
  REDIS_URL: 'redis://redis:6379',
  GATEWAY_URL: 'http://gateway:4000',
  INTERNAL_SIGNING_KEYS: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
};
const load = (changes: Record<string, string | undefined> = {}) =>
  loadConfig(serviceEnvironment, { ...complete, ...changes });

describe('the configuration', () => {
  it('is decoded, completed with defaults and frozen', () => {
    const config = load();
    expect(config).toMatchObject({
      PORT: 4000,
      HOST: '127.0.0.1',
      NAMESPACE: '',
      SHUTDOWN_GRACE_SECONDS: 10,
    });
    expect(config.INTERNAL_SIGNING_KEYS).toEqual(['a'.repeat(32), 'b'.repeat(32)]);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it('takes a value from the file that X_FILE names, and X itself first', () => {
    const fromFile = load({ DATABASE_URL: undefined, DATABASE_URL_FILE: secretFile });
    expect(fromFile.DATABASE_URL).toBe('postgres://app:secret@db/app');
    expect(load({ DATABASE_URL_FILE: secretFile }).DATABASE_URL).toBe('postgres://app@db/app');
    expect(load({ DATABASE_URL: '', DATABASE_URL_FILE: secretFile }).DATABASE_URL).toContain('secret');
  });

  it('ignores files of variables that are not ours', () => {
    expect(() => load({ SSL_CERT_FILE: join(folder, 'none') })).not.toThrow();
  });

  it('names every variable that is missing or wrong in one sentence, without values', () => {
    const wrong = { PORT: '', NATS_URL: 'http://user:hidden@nats', INTERNAL_SIGNING_KEYS: 'short-key' };
    const attempt = (): unknown => load(wrong);
    expect(attempt).toThrow(expect.objectContaining({ code: 'BAD_CONFIGURATION' }));
    expect(attempt).toThrow(/PORT: .*; NATS_URL: .*; INTERNAL_SIGNING_KEYS\.0: each key needs at least 32/);
    expect(attempt).not.toThrow(/hidden|short-key/);
  });

  it('says which file could not be read', () => {
    const path = join(folder, 'none');
    const attempt = (): unknown => load({ DATABASE_URL: undefined, DATABASE_URL_FILE: path });
    expect(attempt).toThrow(`DATABASE_URL: DATABASE_URL_FILE cannot be read: ENOENT`);
  });

  describe('C34: in production', () => {
    const random = () => randomBytes(24).toString('hex');
    const strong = () => ({
      NODE_ENV: 'production',
      DATABASE_URL: `postgres://app:${random()}@db/app`,
      NATS_URL: `nats://app:${random()}@nats:4222`,
      REDIS_URL: `redis://app:${random()}@redis:6379`,
      INTERNAL_SIGNING_KEYS: `${random()},${random()}`,
    });

    it('takes random secrets, from files too', () => {
      expect(() => load(strong())).not.toThrow();
    });

    it.each([
      ['INTERNAL_SIGNING_KEYS', 'a'.repeat(40), /INTERNAL_SIGNING_KEYS: is a placeholder/],
      ['INTERNAL_SIGNING_KEYS', 'a-signing-key-that-only-tests-know-0123456789', /is a placeholder/],
      ['INTERNAL_SIGNING_KEYS', 'please-change-me-please-change-me-now', /is a placeholder/],
      ['INTERNAL_SIGNING_KEYS', undefined, /INTERNAL_SIGNING_KEYS: /],
      ['DATABASE_URL', 'postgres://app@db/app', /DATABASE_URL: is a placeholder|less than 32/],
      ['DATABASE_URL', 'postgres://db/app', /DATABASE_URL: has no password/],
      ['DATABASE_URL', 'postgres://app:Xk3-vB9zQ2mLw7p@db/app', /DATABASE_URL: .* less than 32/],
      [
        'MIGRATION_DATABASE_URL',
        'postgres://app:postgres@db/app',
        /MIGRATION_DATABASE_URL: is a placeholder/,
      ],
      ['NATS_URL', 'nats://nats:4222', /NATS_URL: has no password/],
      ['NATS_URL', 'nats://one:4222,nats://app:changeme@two:4222', /NATS_URL: /],
      ['REDIS_URL', 'redis://:default-pass@redis:6379', /REDIS_URL: is a placeholder/],
    ])('refuses %s = %s', (name, value, reason) => {
      const attempt = (): unknown => load({ ...strong(), [name]: value });
      expect(attempt).toThrow(reason);
      if (value !== undefined) expect(attempt).not.toThrow(value);
    });

    it('refuses a weak secret that a file holds, and tells neither it nor the strong ones', () => {
      const secrets = strong();
      const attempt = (): unknown =>
        load({ ...secrets, DATABASE_URL: undefined, DATABASE_URL_FILE: secretFile });
      expect(attempt).toThrow(/DATABASE_URL: /);
      expect(attempt).not.toThrow(/app:secret/);
      expect(attempt).not.toThrow(secrets.INTERNAL_SIGNING_KEYS);
    });
  });
});
