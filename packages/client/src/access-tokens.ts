import { HoerokError, messageOf } from './hoerok-error.ts';

const LEAD_MS = 30_000;
const LEAD_SHARE = 0.2;
const SOONEST_MS = 200;

/**
 * Gives the access token to sign requests with, `null` for none. It is told the token that has to be replaced, because it
 * is about to expire or was refused; `null` when there is none yet. Whatever it throws is tried again, as a lost connection
 * is; it ends what waits for it by throwing a {@link HoerokError} that is not `retryable`.
 */
export type AccessTokenSource = (stale: string | null) => Promise<string | null> | string | null;

/** The access token of one client, asked for when it is needed. */
export interface AccessTokens {
  /** The token at hand, a new one when that is about to expire. @throws HoerokError */
  readonly current: () => Promise<string | null>;
  /** Asks for a new one. @throws HoerokError */
  readonly renew: () => Promise<string | null>;
  /** The gateway takes this token no longer. */
  readonly refuse: (token: string) => void;
  /** Milliseconds until the token at hand should be replaced; `null` when it does not say when it expires. */
  readonly dueInMs: () => number | null;
}

interface Held {
  readonly token: string;
  readonly expiresAtMs: number;
  readonly leadMs: number;
}

/** Keeps the token that `source` gives until 30 seconds, or a fifth of its life, before its `exp`. */
export function createAccessTokens(source: AccessTokenSource, clock: () => number = Date.now): AccessTokens {
  let held: Held | null = null;
  let refused: string | null = null;
  let asking: Promise<string | null> | null = null;

  async function ask(): Promise<string | null> {
    const token = await askSource(source, refused ?? held?.token ?? null);
    if (token !== null && token === refused) {
      const message = 'The gateway refuses the access token, and accessToken() gives the same one again.';
      throw new HoerokError('UNAUTHENTICATED', message);
    }
    refused = null;
    held = token === null ? null : { token, ...lifeOf(token, clock()) };
    return token;
  }

  const renew = async (): Promise<string | null> => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return await asking;
  };
  return {
    renew,
    current: async () => {
      const isFresh = held !== null && clock() < held.expiresAtMs - held.leadMs;
      return isFresh && held !== null ? held.token : await renew();
    },
    refuse: (token) => {
      refused = token;
      if (held?.token === token) held = null;
    },
    dueInMs: () => {
      if (held === null || held.expiresAtMs === Infinity) return null;
      const leftMs = held.expiresAtMs - clock();
      // Where the source gives the old token once more, it is asked again in time, ever more often.
      return Math.max(leftMs - held.leadMs, leftMs / 4, SOONEST_MS);
    },
  };
}

async function askSource(source: AccessTokenSource, stale: string | null): Promise<string | null> {
  try {
    return await source(stale);
  } catch (error) {
    if (error instanceof HoerokError) throw error;
    const message = `There is no access token: ${messageOf(error)}`;
    throw new HoerokError('TOKEN_UNAVAILABLE', message, { retryable: true, cause: error });
  }
}

// A client cannot verify a token and need not: the gateway does. A clock that is wrong shows in a token that seems to be
// expired, or to live longer than it was made for; then its whole life is taken. Of one that never lived, the gateway will tell.
function lifeOf(token: string, nowMs: number): { readonly expiresAtMs: number; readonly leadMs: number } {
  const { exp, iat } = claimsOf(token);
  if (typeof exp !== 'number') return { expiresAtMs: Infinity, leadMs: 0 };
  const leftMs = exp * 1000 - nowMs;
  const lifeMs = typeof iat === 'number' ? (exp - iat) * 1000 : leftMs;
  if (lifeMs <= 0) return { expiresAtMs: Infinity, leadMs: 0 };
  const believedMs = leftMs <= 0 || leftMs > lifeMs ? lifeMs : leftMs;
  return { expiresAtMs: nowMs + believedMs, leadMs: Math.min(LEAD_MS, lifeMs * LEAD_SHARE) };
}

function claimsOf(token: string): { readonly exp?: unknown; readonly iat?: unknown } {
  try {
    const payload = token.split('.')[1] ?? '';
    const claims: unknown = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    // A token that is no JWT says nothing about its end.
    return {};
  }
}
