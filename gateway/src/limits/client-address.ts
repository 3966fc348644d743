import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** The parts of a request that tell where it comes from. */
export type Sender = Pick<IncomingMessage, 'headers' | 'socket'>;

/** Tells the address that a client is counted by; undefined when its connection is gone. */
export type ClientAddress = (sender: Sender) => string | undefined;

const MAPPED = /^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i;
const SEGMENTS_OF_HOME = 4;

/**
 * The address of the peer, or, when that is a trusted proxy, the last one in `X-Forwarded-For` that is none. What a client
 * writes into that header itself stands further left and counts nothing. IPv6 is counted by /64: one home has so many.
 */
export function createClientAddress(trustedProxies: readonly string[]): ClientAddress {
  const trusted = new BlockList();
  for (const network of trustedProxies) {
    const [address = '', prefix] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (prefix === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = (address: string): boolean => trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

  return ({ headers, socket }) => {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined) return undefined;
    let address = plain(remoteAddress);
    if (trustedProxies.length === 0) return networkOf(address);
    const forwarded = headers['x-forwarded-for'];
    const hops = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',').reverse();
    for (const hop of hops) {
      const next = plain(hop.trim());
      if (!isTrusted(address) || isIP(next) === 0) break;
      address = next;
    }
    return networkOf(address);
  };
}

function plain(address: string): string {
  return address.replace(MAPPED, '');
}

function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const segments = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  const network = segments
    .slice(0, SEGMENTS_OF_HOME)
    .map((segment) => segment.toLowerCase().replace(/^0+(?=.)/, ''));
  return `${network.join(':')}::/64`;
}
