import type { IncomingHttpHeaders } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Viewer } from '@hoerok/shared/auth';
import { messageOf } from '@hoerok/shared/errors';
import { type Authenticator, type Identity, REVOKED_MESSAGE } from '../auth/identify.ts';
import type { GatewayContext } from '../context.ts';
import { pickHeaders } from './client-context.ts';

/** What came of a fresh access token. */
export type Renewal =
  | { readonly renewed: true; readonly expiresAt: string | null }
  | { readonly renewed: false; readonly reason: string };

/** Who is at the other end of a socket, for as long as an access token says so. */
export interface SocketSession {
  /** Viewer and headers as they stand now. */
  readonly now: () => Pick<GatewayContext, 'viewer' | 'headers'>;
  /** Aborts when the socket is closed, or the access is revoked. */
  readonly signal: AbortSignal;
  /** Whether the access token has ended or was revoked: nothing may be told or done any more. */
  readonly hasExpired: () => boolean;
  /**
   * Takes a fresh access token in place of the one in use. One that is not valid changes nothing; one of another viewer
   * ends the session.
   */
  readonly renew: (accessToken: string) => Promise<Renewal>;
  readonly close: () => void;
}

/** What {@link openSocketSession} needs. */
export interface SocketSessionDeps {
  readonly authenticator: Pick<Authenticator, 'identifyBearer' | 'watch'>;
  readonly propagateHeaders: readonly string[];
}

/** How a socket introduced itself. */
export interface SocketIntroduction {
  readonly authorization: string | undefined;
  /** Of the request that opened the socket. */
  readonly headers: IncomingHttpHeaders;
  /** Called when the session ends before the socket does: its token has expired or was revoked, or another viewer came. */
  readonly end: (reason: string) => void;
}

/** @throws AppError `UNAUTHENTICATED` when the token is wrong or expired, `UNAVAILABLE` when that cannot be told. */
export async function openSocketSession(
  { authorization, headers, end }: SocketIntroduction,
  { authenticator, propagateHeaders }: SocketSessionDeps,
): Promise<SocketSession> {
  const closed = new AbortController();
  const own = pickHeaders(headers, propagateHeaders);
  let identity = await authenticator.identifyBearer(authorization);
  let shown = shownWith(authorization);
  let expiry = expire(identity);
  let isRevoked = false;
  const unwatch = authenticator.watch(() => identity, revoke);

  function revoke(): void {
    isRevoked = true;
    end(REVOKED_MESSAGE);
    // A client that does not answer the closing word gets no more than one that does.
    closed.abort();
  }

  function shownWith(value: string | undefined): Record<string, string> {
    return value === undefined ? own : { ...own, ...pickHeaders({ authorization: value }, propagateHeaders) };
  }

  function expire({ expiresAtMs }: Identity): NodeJS.Timeout | undefined {
    if (expiresAtMs === null) return undefined;
    const atEnd = (): void => end('The access token has expired; refresh it.');
    return setTimeout(atEnd, Math.max(0, expiresAtMs - Date.now()));
  }

  async function renew(accessToken: string): Promise<Renewal> {
    const value = `Bearer ${accessToken}`;
    const fresh = await authenticator.identifyBearer(value);
    if (closed.signal.aborted) return { renewed: false, reason: 'The socket is closed.' };
    if (!isSameViewer(identity.viewer, fresh.viewer)) {
      const reason = 'The access token is of another viewer; open another socket.';
      end(reason);
      return { renewed: false, reason };
    }
    // Two renewals may overtake one another, so the later end counts.
    if ((fresh.expiresAtMs ?? Infinity) < (identity.expiresAtMs ?? Infinity))
      return { renewed: false, reason: 'The access token ends before the one in use.' };
    clearTimeout(expiry);
    [identity, shown, expiry] = [fresh, shownWith(value), expire(fresh)];
    const { expiresAtMs } = fresh;
    return { renewed: true, expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString() };
  }

  return {
    now: () => ({ viewer: identity.viewer, headers: shown }),
    signal: closed.signal,
    hasExpired: () => isRevoked || (identity.expiresAtMs !== null && Date.now() >= identity.expiresAtMs),
    renew: async (accessToken) =>
      await renew(accessToken).catch((error: unknown) => ({
        renewed: false as const,
        reason: messageOf(error),
      })),
    close: () => {
      unwatch();
      clearTimeout(expiry);
      closed.abort();
    },
  };
}

// Role and scopes as well: what was decided when the streams were opened holds for as long as they are open.
function isSameViewer(one: Viewer | null, other: Viewer | null): boolean {
  if (one?.kind !== 'user' || other?.kind !== 'user') return one === null && other === null;
  const [before, after] = [one, other].map((viewer) => ({ ...viewer, sessionId: '' }));
  return isDeepStrictEqual(before, after);
}
