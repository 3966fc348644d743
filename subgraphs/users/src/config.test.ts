import { generateKeyPairSync } from 'node:crypto';
import { loadConfig } from '@hoerok/shared/config';
import { describe, expect, it } from 'vitest';
import { environment } from './config.ts';

const base = {
  PORT: '0',
  DATABASE_URL: 'postgres://users@localhost/users',
  NATS_URL: 'nats://localhost',
  REDIS_URL: 'redis://localhost',
  GATEWAY_URL: 'http://localhost',
  INTERNAL_SIGNING_KEYS: 'k'.repeat(32),
};
const pemOf = (kind: 'ed25519' | 'x25519'): string => {
  const { privateKey } = kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
};

describe('the environment of the users service', () => {
  it('takes a signing key whose line ends are escaped', () => {
    const escaped = pemOf('ed25519').replaceAll('\n', '\\n');
    const config = loadConfig(environment, { ...base, TOKEN_SIGNING_KEY: escaped });
    expect(config.TOKEN_SIGNING_KEY.asymmetricKeyType).toBe('ed25519');
    expect(config).toMatchObject({
      TOKEN_PREVIOUS_PUBLIC_KEYS: [],
      TOKEN_ISSUER: 'hoerok',
      TOKEN_AUDIENCE: 'hoerok',
    });
  });

  it.each([
    ['none', {}],
    ['one that is no key', { TOKEN_SIGNING_KEY: 'not a key' }],
    ['one of another kind', { TOKEN_SIGNING_KEY: pemOf('x25519') }],
  ])('refuses a signing key: %s', (_what, extra) => {
    expect(() => loadConfig(environment, { ...base, ...extra })).toThrow(/TOKEN_SIGNING_KEY/);
  });
});
