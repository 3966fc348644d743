import { ROLES, type UserViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';

const COOLDOWN_MS = 30_000;
const CLOCK_TOLERANCE_SECONDS = 5;

// A token may not outlive this on an open socket, whatever its `exp` says.
const LONGEST_LIFE_MS = 24 * 3600 * 1000;

const claimsSchema = z.object({
  sub: z.string().min(1),
  ws: z.string().min(1),
  role: z.enum(ROLES),
  sid: z.string().min(1),
  exp: z.number(),
});

/** Who a token stands for, and until when. */
export interface VerifiedToken {
  readonly viewer: UserViewer;
  /** Milliseconds since the epoch; at most a day away. */
  readonly expiresAtMs: number;
}

/**
 * Verifies an access token.
 * @throws AppError `UNAUTHENTICATED` when it is expired or not valid, `UNAVAILABLE` when the keys cannot be fetched.
 */
export type TokenVerifier = (token: string) => Promise<VerifiedToken>;

/** Where the keys come from and what a token has to say. */
export interface TokenVerifierOptions {
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** Milliseconds since the epoch. @default Date.now */
  readonly clock?: () => number;
}

/**
 * A verifier of access tokens (RFC 9068): EdDSA only, `typ` `at+jwt`, issuer, audience and expiry required. Keys are
 * fetched from the one configured address, at most every 30 seconds for a key id that is not known; keys or addresses
 * inside a token are never looked at.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { jwksUrl, issuer, audience, clock = Date.now } = options;
  const keys = createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: COOLDOWN_MS });
  return async (token) => {
    const nowMs = clock();
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['EdDSA', 'Ed25519'],
        typ: 'at+jwt',
        issuer,
        audience,
        requiredClaims: ['sub', 'exp', 'iat', 'ws', 'role', 'sid'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(nowMs),
      });
      const claims = claimsSchema.parse(payload);
      return {
        viewer: {
          kind: 'user',
          userId: claims.sub,
          workspaceId: claims.ws,
          role: claims.role,
          sessionId: claims.sid,
        },
        expiresAtMs: Math.min(claims.exp * 1000, nowMs + LONGEST_LIFE_MS),
      };
    } catch (error) {
      throw refusal(error);
    }
  };
}

function refusal(error: unknown): AppError {
  if (error instanceof errors.JWTExpired) {
    return new AppError('UNAUTHENTICATED', 'The access token has expired; refresh it.', { cause: error });
  }
  const isAboutToken =
    error instanceof z.ZodError || (error instanceof errors.JOSEError && !isAboutKeys(error));
  if (isAboutToken)
    return new AppError('UNAUTHENTICATED', 'The access token is not valid.', { cause: error });
  return new AppError('UNAVAILABLE', 'Access tokens cannot be verified at the moment.', {
    retryable: true,
    cause: error,
    logLevel: 'error',
  });
}

function isAboutKeys(error: errors.JOSEError): boolean {
  // JOSEError itself is thrown when the endpoint answers something else than a key set.
  return (
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === errors.JOSEError.code
  );
}
