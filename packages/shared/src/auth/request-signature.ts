import { createHmac, hash } from 'node:crypto';
import { AppError } from '../errors/index.ts';
import { createNonceMemory, type NonceMemory } from './nonce-memory.ts';
import { equalSecrets } from './signed-claims.ts';
import { type Viewer, viewerSchema } from './viewer.ts';

/** Header names of a signed request between our own processes. Requests from outside lose them at the gateway. */
export const SIGNATURE_HEADERS = {
  viewer: 'x-hoerok-viewer',
  timestamp: 'x-hoerok-timestamp',
  nonce: 'x-hoerok-nonce',
  signature: 'x-hoerok-signature',
} as const;

const MAX_AGE_MS = 30_000;

/** What a signature covers. `body` is the exact body as sent; `path` is path and query. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string | Uint8Array;
}

/** What {@link signRequest} needs besides the request. */
export interface SigningContext {
  /** The key that signs, at least 32 characters. */
  readonly key: string;
  readonly viewer: Viewer | null;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** A fresh random string. */
  readonly nonce: string;
}

/**
 * Headers that prove to a subgraph that one of our processes sent this body, to this path, for this viewer, now.
 * HMAC-SHA256 over timestamp, nonce, method, path, viewer and the digest of the body; valid for 30 seconds.
 */
export function signRequest(request: SignedRequest, context: SigningContext): Record<string, string> {
  const viewer =
    context.viewer === null ? '' : Buffer.from(JSON.stringify(context.viewer)).toString('base64url');
  const timestamp = String(context.nowMs);
  return {
    [SIGNATURE_HEADERS.viewer]: viewer,
    [SIGNATURE_HEADERS.timestamp]: timestamp,
    [SIGNATURE_HEADERS.nonce]: context.nonce,
    [SIGNATURE_HEADERS.signature]: mac(context.key, request, { viewer, timestamp, nonce: context.nonce }),
  };
}

/** What {@link verifyRequest} needs besides the request. */
export interface VerifyingContext {
  /** Keys that are accepted; several while keys rotate. */
  readonly keys: readonly string[];
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Of this process: a request that comes a second time is refused. @default it is let through */
  readonly replays?: NonceMemory;
}

/** Remembers signed requests for as long as they count, so that none is served twice by this process. */
export function createReplayMemory(): NonceMemory {
  return createNonceMemory({ maxAgeMs: MAX_AGE_MS });
}

/**
 * The viewer of a signed request; `null` when it is signed and anonymous.
 * @throws AppError `UNAUTHENTICATED` when the signature is missing, wrong, older than 30 seconds, or came before.
 */
export function verifyRequest(request: SignedRequest, context: VerifyingContext): Viewer | null {
  const viewer = headerOf(context, SIGNATURE_HEADERS.viewer);
  const timestamp = headerOf(context, SIGNATURE_HEADERS.timestamp);
  const nonce = headerOf(context, SIGNATURE_HEADERS.nonce);
  const signature = headerOf(context, SIGNATURE_HEADERS.signature);
  if (viewer === undefined || timestamp === undefined || nonce === undefined || signature === undefined) {
    throw refused('This endpoint takes signed requests only; send your request to the gateway.');
  }
  if (!(Math.abs(context.nowMs - Number(timestamp)) <= MAX_AGE_MS))
    throw refused('The signature of the request has expired.');
  const claims = { viewer, timestamp, nonce };
  if (!context.keys.some((key) => equalSecrets(mac(key, request, claims), signature))) {
    throw refused('The signature of the request is wrong.');
  }
  // Only what is signed by us gets into the memory, so nobody else can fill it.
  if (context.replays?.admit(signature, Number(timestamp), context.nowMs) === false)
    throw refused('The request has been served before; sign each one anew.');
  return viewer === '' ? null : decodeViewer(viewer);
}

function decodeViewer(encoded: string): Viewer {
  try {
    return viewerSchema.parse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8')));
  } catch (error) {
    throw refused('The viewer of the request is not one that this process knows.', error);
  }
}

function mac(
  key: string,
  request: SignedRequest,
  claims: { viewer: string; timestamp: string; nonce: string },
): string {
  const digest = hash('sha256', request.body, 'hex');
  const lines = [claims.timestamp, claims.nonce, request.method, request.path, claims.viewer, digest];
  return `v1=${createHmac('sha256', key).update(lines.join('\n')).digest('base64url')}`;
}

function headerOf(context: VerifyingContext, name: string): string | undefined {
  const value = context.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function refused(message: string, cause?: unknown): AppError {
  return new AppError('UNAUTHENTICATED', message, { logLevel: 'warn', cause });
}
