import { isIP } from 'node:net';
import { AppError } from '../errors/index.ts';
import { isReachable, type Reach } from './public-address.ts';

const MAX_URL_LENGTH = 2_000;

/** Names that never leave a machine or a house (RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`). */
const HOUSE_NAMES = /(^|\.)(localhost|localdomain|local|internal|intranet|lan|home|corp|private|arpa)$/;

/**
 * An address that somebody gave us and that we may call, as far as it can be told without asking the name service. PUBLIC
 * takes https on its own port alone. Whoever connects must still look at the address behind the name: see
 * {@link createOutboundClient}.
 * @throws AppError `BAD_INPUT`, whose message says what is wrong and does not repeat the address.
 */
export function checkOutboundUrl(text: string, reach: Reach): URL {
  if (text.length > MAX_URL_LENGTH) throw refused(`takes at most ${MAX_URL_LENGTH} characters`);
  const url = URL.parse(text);
  if (url === null) throw refused('is no address of the web');
  if (url.protocol !== 'https:' && !(reach === 'PRIVATE' && url.protocol === 'http:'))
    throw refused('must begin with https://');
  if (url.username !== '' || url.password !== '') throw refused('must not hold a name or a password');
  if (reach === 'PUBLIC' && url.port !== '') throw refused('must use the default port');
  // The parser has turned decimal, octal and hexadecimal hosts into dotted ones, and full-width letters into plain ones.
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (!isAllowedHost(host, reach)) throw refused('must name a host that everybody can reach');
  return url;
}

function isAllowedHost(host: string, reach: Reach): boolean {
  if (isIP(host) !== 0) return isReachable(host, reach);
  if (reach === 'PRIVATE') return host !== '';
  return host.includes('.') && !HOUSE_NAMES.test(host);
}

function refused(reason: string): AppError {
  return new AppError('BAD_INPUT', `The address ${reason}.`, {
    logLevel: 'debug',
    extensions: { path: ['url'] },
  });
}
