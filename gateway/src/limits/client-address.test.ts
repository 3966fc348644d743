import { describe, expect, it } from 'vitest';
import { createClientAddress, type Sender } from './client-address.ts';

function sender(remoteAddress: string, forwarded?: string): Sender {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { headers, socket: { remoteAddress } } as unknown as Sender;
}

describe('C32: the address that a client is counted by', () => {
  it.each([
    [
      'is the peer, whatever it claims',
      [],
      { peer: '203.0.113.9', forwarded: '198.51.100.1' },
      '203.0.113.9',
    ],
    [
      'is what the trusted proxy says',
      ['10.0.0.0/8'],
      { peer: '10.1.2.3', forwarded: '198.51.100.1' },
      '198.51.100.1',
    ],
    [
      'is not what stands left of it',
      ['10.0.0.0/8'],
      { peer: '10.1.2.3', forwarded: '1.1.1.1, 198.51.100.1' },
      '198.51.100.1',
    ],
    [
      'is found behind several proxies',
      ['10.0.0.0/8'],
      { peer: '10.1.2.3', forwarded: '198.51.100.1, 10.9.9.9' },
      '198.51.100.1',
    ],
    [
      'is the peer when the proxy is a stranger',
      ['10.0.0.1'],
      { peer: '10.0.0.2', forwarded: '198.51.100.1' },
      '10.0.0.2',
    ],
    [
      'is the proxy when it says nothing sensible',
      ['10.0.0.1'],
      { peer: '10.0.0.1', forwarded: 'unknown' },
      '10.0.0.1',
    ],
    [
      'is read out of IPv6',
      ['10.0.0.1'],
      { peer: '::ffff:10.0.0.1', forwarded: '198.51.100.1' },
      '198.51.100.1',
    ],
    [
      'is the home of an IPv6 address',
      [],
      { peer: '2001:DB8::5:0:0:1', forwarded: undefined },
      '2001:db8:0:0::/64',
    ],
    [
      'is the same for all of that home',
      [],
      { peer: '2001:db8:0:0:1:2:3:4', forwarded: undefined },
      '2001:db8:0:0::/64',
    ],
  ])('%s', (_title, trusted, { peer, forwarded }, expected) => {
    expect(createClientAddress(trusted)(sender(peer, forwarded))).toBe(expected);
  });
});
