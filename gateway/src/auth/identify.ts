import type { IncomingHttpHeaders } from 'node:http';
import {
  API_KEY_PREFIX,
  createReplayMemory,
  isApiKey,
  SIGNATURE_HEADERS,
  type UserViewer,
  type Viewer,
  verifyRequest,
} from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import type { ApiKeyVerifier } from './api-keys.ts';
import type { Revocations } from './revocations.ts';
import type { TokenVerifier } from './token-verifier.ts';

/** Who sent a request. */
export interface Identity {
  readonly viewer: Viewer | null;
  /** When the identity ends, in milliseconds since the epoch; `null` when it does not. */
  readonly expiresAtMs: number | null;
  /** Of the user when access was granted; 0 where there is none. */
  readonly revision: number;
}

/** A person, or a program that acts as one, and until when. */
export interface VerifiedAccess extends Identity {
  readonly viewer: UserViewer;
  readonly expiresAtMs: number;
}

/** The parts of an HTTP request that say who sent it. */
export interface IdentifiableRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The exact body. */
  readonly body: Uint8Array;
}

/** Tells who sends requests and opens sockets. */
export interface Authenticator {
  /** @throws AppError `UNAUTHENTICATED` when what proves the identity is wrong, expired or revoked. */
  readonly identify: (request: IdentifiableRequest) => Promise<Identity>;
  /** The same for the value of an `Authorization` header alone. */
  readonly identifyBearer: (authorization: string | undefined) => Promise<Identity>;
  /**
   * Calls `end` once, when the access of an identity is revoked. The identity may be renewed in the meantime, but stays that
   * of the same user.
   * @returns stops watching
   */
  readonly watch: (identity: () => Identity, end: () => void) => () => void;
}

/** What a client is told whose access was withdrawn before its end. */
export const REVOKED_MESSAGE = 'Access was revoked; refresh the access token, or sign in again.';

const ANONYMOUS: Identity = Object.freeze({ viewer: null, expiresAtMs: null, revision: 0 });
const NOTHING_TO_WATCH = (): void => {};

/** What {@link createAuthenticator} needs. */
export interface AuthenticatorOptions {
  /** `null`: tokens are not looked at, everyone is anonymous here and subgraphs decide. */
  readonly verifyToken: TokenVerifier | null;
  /** `null`: API keys are refused like any token that is not valid. */
  readonly verifyApiKey: ApiKeyVerifier | null;
  readonly revocations: Pick<Revocations, 'has' | 'watch'>;
  /** Keys of our own services' signed requests; none: such requests are refused. */
  readonly signingKeys: readonly string[];
  readonly clock?: () => number;
}

/**
 * Tells who a request comes from: a person by access token, a program by API key, or one of our own services by signature.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { verifyToken, verifyApiKey, revocations, signingKeys, clock = Date.now } = options;
  const replays = createReplayMemory();

  async function identifyBearer(authorization: string | undefined): Promise<Identity> {
    if (authorization === undefined || authorization === '') return ANONYMOUS;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token?.startsWith(API_KEY_PREFIX) === true && verifyApiKey !== null) {
      if (!isApiKey(token))
        throw new AppError('UNAUTHENTICATED', 'The API key is not valid.', { logLevel: 'debug' });
      return await verifyApiKey(token);
    }
    if (verifyToken === null) return ANONYMOUS;
    if (token === undefined)
      throw new AppError('UNAUTHENTICATED', 'The authorization header is not "Bearer <token>".');
    const access = await verifyToken(token);
    const { userId, sessionId } = access.viewer;
    if (revocations.has({ userId, sessionId, revision: access.revision }))
      throw new AppError('UNAUTHENTICATED', REVOKED_MESSAGE, { logLevel: 'debug' });
    return access;
  }

  return {
    identifyBearer,
    identify: async ({ method, path, headers, body }) => {
      if (signingKeys.length === 0 || headers[SIGNATURE_HEADERS.signature] === undefined) {
        return await identifyBearer(headers.authorization);
      }
      const context = { keys: signingKeys, headers, nowMs: clock(), replays };
      const viewer = verifyRequest({ method, path, body }, context);
      if (viewer?.kind !== 'service')
        throw new AppError('UNAUTHENTICATED', 'Only services sign their requests.');
      return { viewer, expiresAtMs: null, revision: 0 };
    },
    watch: (identity, end) => {
      const { viewer } = identity();
      if (viewer?.kind !== 'user') return NOTHING_TO_WATCH;
      const { userId } = viewer;
      const access = (): Parameters<Revocations['has']>[0] => {
        const now = identity();
        const sessionId = now.viewer?.kind === 'user' ? now.viewer.sessionId : '';
        return { userId, sessionId, revision: now.revision };
      };
      return revocations.watch(access, end);
    },
  };
}
