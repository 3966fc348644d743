import type { IncomingHttpHeaders } from 'node:http';
import { SIGNATURE_HEADERS, type Viewer, verifyRequest } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import type { TokenVerifier } from './token-verifier.ts';

/** Who sent a request. */
export interface Identity {
  readonly viewer: Viewer | null;
  /** When the identity ends, in milliseconds since the epoch; `null` when it does not. */
  readonly expiresAtMs: number | null;
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
  /** @throws AppError `UNAUTHENTICATED` when what proves the identity is wrong or expired. */
  readonly identify: (request: IdentifiableRequest) => Promise<Identity>;
  /** The same for the value of an `Authorization` header alone. */
  readonly identifyBearer: (authorization: string | undefined) => Promise<Identity>;
}

const ANONYMOUS: Identity = Object.freeze({ viewer: null, expiresAtMs: null });

/** What {@link createAuthenticator} needs. */
export interface AuthenticatorOptions {
  /** `null`: tokens are not looked at, everyone is anonymous here and subgraphs decide. */
  readonly verifyToken: TokenVerifier | null;
  /** Keys of our own services' signed requests; none: such requests are refused. */
  readonly signingKeys: readonly string[];
  readonly clock?: () => number;
}

/** Tells who a request comes from: a person by access token, or one of our own services by signature. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { verifyToken, signingKeys, clock = Date.now } = options;

  async function identifyBearer(authorization: string | undefined): Promise<Identity> {
    if (verifyToken === null || authorization === undefined || authorization === '') return ANONYMOUS;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined)
      throw new AppError('UNAUTHENTICATED', 'The authorization header is not "Bearer <token>".');
    return await verifyToken(token);
  }

  return {
    identifyBearer,
    identify: async ({ method, path, headers, body }) => {
      if (signingKeys.length === 0 || headers[SIGNATURE_HEADERS.signature] === undefined) {
        return await identifyBearer(headers.authorization);
      }
      const viewer = verifyRequest({ method, path, body }, { keys: signingKeys, headers, nowMs: clock() });
      if (viewer?.kind !== 'service')
        throw new AppError('UNAUTHENTICATED', 'Only services sign their requests.');
      return { viewer, expiresAtMs: null };
    },
  };
}
