import { ROLES, type UserViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { createKeySet, NoKeysError } from './key-set.ts';

const CLOCK_TOLERANCE_SECONDS = 5;
/** A token counts no longer than this after it was issued, whatever its `exp` says. */
const LONGEST_LIFE_SECONDS = 24 * 3600;
const LONGEST_TOKEN = 8 * 1024;

const claimsSchema = z.object({
  sub: z.string().min(1).max(200),
  ws: z.string().min(1).max(200),
  role: z.enum(ROLES),
  sid: z.string().min(1).max(200),
  exp: z.number(),
  iat: z.number(),
  scope: z.string().optional(),
  rev: z.number().int().default(0),
});

/** Who a token stands for, and until when. */
export interface VerifiedToken {
  readonly viewer: UserViewer;
  /** Milliseconds since the epoch; at most a day after the token was issued. */
  readonly expiresAtMs: number;
  /** Of the user when the token was issued, the claim `rev`; 0 without it. */
  readonly revision: number;
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
 * A verifier of access tokens (RFC 9068): EdDSA only, `typ` `at+jwt`, issuer, audience, expiry and a key id required. Keys
 * come from the one configured address, see {@link createKeySet}; keys or addresses inside a token are never looked at.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { jwksUrl, issuer, audience, clock = Date.now } = options;
  const keys = createKeySet({ url: jwksUrl, clock });
  return async (token) => {
    if (token.length > LONGEST_TOKEN) throw notValid();
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['EdDSA', 'Ed25519'],
        typ: 'at+jwt',
        issuer,
        audience,
        requiredClaims: ['sub', 'exp', 'iat', 'ws', 'role', 'sid'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        maxTokenAge: LONGEST_LIFE_SECONDS,
        currentDate: new Date(clock()),
      });
      return verifiedOf(claimsSchema.parse(payload));
    } catch (error) {
      throw refusal(error);
    }
  };
}

function verifiedOf(claims: z.output<typeof claimsSchema>): VerifiedToken {
  const scopes = claims.scope?.split(' ').filter((scope) => scope !== '');
  return {
    viewer: {
      kind: 'user',
      userId: claims.sub,
      workspaceId: claims.ws,
      role: claims.role,
      sessionId: claims.sid,
      ...(scopes === undefined ? {} : { scopes }),
    },
    expiresAtMs: Math.min(claims.exp, claims.iat + LONGEST_LIFE_SECONDS) * 1000,
    revision: claims.rev,
  };
}

function refusal(error: unknown): AppError {
  if (error instanceof errors.JWTExpired) {
    return new AppError('UNAUTHENTICATED', 'The access token has expired; refresh it.', { cause: error });
  }
  if (!(error instanceof NoKeysError)) return notValid(error);
  return new AppError('UNAVAILABLE', 'Access tokens cannot be verified at the moment.', {
    retryable: true,
    cause: error,
    logLevel: 'error',
  });
}

function notValid(cause?: unknown): AppError {
  return new AppError('UNAUTHENTICATED', 'The access token is not valid.', { cause });
}
