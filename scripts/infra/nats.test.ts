import { describe, expect, test } from 'vitest';
import { natsConfig } from './nats.ts';
import { verifyChecksum } from './nats-release.ts';
import { natsOptions } from './probes.ts';

const settings = { host: '127.0.0.1', port: 4222, storeDir: '/a "quoted" folder' };

describe('the configuration of NATS', () => {
  test('flushes every publish where the server knows how', () => {
    expect(natsConfig({ ...settings, version: '2.10.0' })).toContain('sync_interval: always');
    expect(natsConfig({ ...settings, version: '2.15.1' })).toContain('sync_interval: always');
  });

  test('leaves the key out for 2.9, which would refuse to start', () => {
    expect(natsConfig({ ...settings, version: '2.9.10' })).not.toContain('sync_interval');
  });

  test('escapes what a path may hold', () => {
    expect(natsConfig({ ...settings, version: '2.9.10' })).toContain('store_dir: "/a \\"quoted\\" folder"');
  });
});

describe('a NATS URL', () => {
  test('gives the client its credentials apart from the servers', () => {
    expect(natsOptions('nats://me:p%40ss@one:4333,nats://me:p%40ss@two')).toEqual({
      servers: ['one:4333', 'two:4222'],
      user: 'me',
      pass: 'p@ss',
    });
  });

  test('takes a lone user part as a token', () => {
    expect(natsOptions('nats://token@one:4222')).toEqual({ servers: ['one:4222'], token: 'token' });
  });
});

describe('the official release', () => {
  // sha256 of "abc", FIPS 180-2 appendix B.1.
  const digest = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  const bytes = new TextEncoder().encode('abc');

  test('is taken when it matches its published checksum', () => {
    expect(() => verifyChecksum('a.tar.gz', bytes, `${digest}  a.tar.gz\n`)).not.toThrow();
  });

  test('is refused when it does not match, or when the list does not name it', () => {
    expect(() => verifyChecksum('a.tar.gz', bytes, `${digest.replace('b', 'c')}  a.tar.gz\n`)).toThrow(
      /does not match/,
    );
    expect(() => verifyChecksum('a.tar.gz', bytes, `${digest}  a.zip\n`)).toThrow(/has no a.tar.gz/);
  });
});
