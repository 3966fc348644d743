import ipaddr from 'ipaddr.js';

/** Which addresses may be reached. PUBLIC: the internet alone. PRIVATE: loopback and intranet as well. */
export type Reach = 'PUBLIC' | 'PRIVATE';

/** Ranges of IPv4 and IPv6 that an intranet is made of, by their names in ipaddr.js. */
const INTRANET = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat']);

/** Public by their number, yet answered by the platform that a virtual machine runs on. */
const PLATFORM = new Set(['168.63.129.16', '100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254']);

/** Where global unicast addresses of IPv6 are taken from (RFC 4291); the old IPv4-compatible ones lie outside. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * True for an IP address that may be connected to. What hides another address (IPv4-mapped, NAT64, 6to4, Teredo), link-local
 * ones (the metadata services of clouds), multicast and reserved ones are refused in any case, and so is what is no
 * address.
 */
export function isReachable(address: string, reach: Reach): boolean {
  if (!ipaddr.isValid(address) || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (PLATFORM.has(parsed.toString())) return false;
  const range = parsed.range();
  if (reach === 'PRIVATE' && INTRANET.has(range)) return true;
  if (range !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}
