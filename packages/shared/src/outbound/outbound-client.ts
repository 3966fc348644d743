import { lookup as systemLookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { AppError } from '../errors/index.ts';
import { checkOutboundUrl } from './outbound-url.ts';
import { isReachable, type Reach } from './public-address.ts';

/** A call of an address that somebody else has chosen. */
export interface OutboundRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** What came back; a redirect is an answer like any other and is not followed. */
export interface OutboundAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The beginning, up to the limit. */
  readonly body: Buffer;
}

/** Calls addresses that users give without letting them reach what only we can reach (server-side request forgery). */
export interface OutboundClient {
  /**
   * @throws AppError `BAD_INPUT` for an address that may not be called, also when its name leads to one; `TIMEOUT` or
   * `UNAVAILABLE` (both retryable) when nothing answers in time. No message repeats the address.
   */
  readonly request: (request: OutboundRequest) => Promise<OutboundAnswer>;
  readonly close: () => Promise<void>;
}

/** Finds all addresses of a name, as `dns.lookup` with `all` does. */
export type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Options of {@link createOutboundClient}. */
export interface OutboundOptions {
  /** @default 'PUBLIC' */
  readonly reach?: Reach;
  /** Of a whole call, name service and body included. @default 10000 */
  readonly timeoutMs?: number;
  /** What comes beyond is not read. @default 65536 */
  readonly maxResponseBytes?: number;
  /** @default the system's name service */
  readonly resolve?: Resolve;
}

/**
 * Builds the client. The address that was looked at is the one that is connected to: the name is resolved once, in the
 * connect itself, so that a name service that changes its answer gains nothing. Of a name with several addresses all
 * must be allowed.
 */
export function createOutboundClient(options: OutboundOptions = {}): OutboundClient {
  const { reach = 'PUBLIC', timeoutMs = 10_000, maxResponseBytes = 65_536, resolve = systemLookup } = options;
  const agent = new Agent({
    connect: { lookup: pinning(resolve, reach), timeout: timeoutMs },
    connections: 4,
    // A kept connection would go on to where the name led before.
    pipelining: 0,
    maxHeaderSize: 16_384,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  return {
    request: async ({ url, signal, ...request }) => {
      const target = checkOutboundUrl(url, reach);
      const deadline = AbortSignal.timeout(timeoutMs);
      const within = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
      try {
        const answer = await agent.request({
          ...request,
          body: request.body ?? null,
          origin: target.origin,
          path: `${target.pathname}${target.search}`,
          signal: within,
        });
        return await read(answer, maxResponseBytes);
      } catch (error) {
        signal?.throwIfAborted();
        throw explain(error, deadline.aborted);
      }
    },
    close: () => agent.destroy(),
  };
}

/** A lookup that gives nothing but addresses that may be connected to. */
function pinning(resolve: Resolve, reach: Reach): LookupFunction {
  return (hostname, { all, ...options }, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const [first] = addresses;
      const allowed = addresses.every(({ address }) => isReachable(address, reach));
      if (first === undefined || !allowed) return done(notAllowed(), []);
      return all === true ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
}

function notAllowed(): AppError {
  return new AppError('BAD_INPUT', 'The address leads to a host that may not be called.', {
    logLevel: 'debug',
  });
}

async function read({ statusCode, headers, body }: Dispatcher.ResponseData, maxBytes: number) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxBytes - bytes));
    bytes += chunk.length;
    // Leaving the loop destroys the body, and with it the connection.
    if (bytes >= maxBytes) break;
  }
  return { status: statusCode, headers, body: Buffer.concat(chunks) };
}

function explain(error: unknown, late: boolean): AppError {
  if (error instanceof AppError) return error;
  if (late)
    return new AppError('TIMEOUT', 'The address did not answer in time.', { retryable: true, cause: error });
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
  return new AppError('UNAVAILABLE', `The address cannot be reached (${code}).`, {
    retryable: true,
    cause: error,
  });
}
