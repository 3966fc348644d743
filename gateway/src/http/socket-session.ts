import type { IncomingHttpHeaders } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { Viewer } from '@hoerok/shared/auth';
import { messageOf } from '@hoerok/shared/errors';
import { type Authenticator, type Identity, REVOKED_MESSAGE } from '../auth/identify.ts';
import type { GatewayContext } from '../context.ts';
import { pickHeaders } from './client-context.ts';
import type { Expirable, Expiries } from './expiries.ts';

/** What came of a fresh access token. */
export type Renewal =
  | { readonly renewed: true; readonly expiresAt: string | null }
  | { readonly renewed: false; readonly reason: string };

/** What {@link openSocketSession} needs. */
export interface SocketSessionDeps {
  readonly authenticator: Pick<Authenticator, 'identifyBearer' | 'watch'>;
  readonly propagateHeaders: readonly string[];
  readonly expiries: Expiries;
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
  introduction: SocketIntroduction,
  deps: SocketSessionDeps,
): Promise<SocketSession> {
  const identity = await deps.authenticator.identifyBearer(introduction.authorization);
  return new SocketSession(introduction, identity, deps);
}

/**
 * Who is at the other end of a socket, for as long as an access token says so. A class, because every open socket has one.
 */
export class SocketSession implements Expirable {
  /** Viewer and headers as they stand now. */
  readonly now: () => Pick<GatewayContext, 'viewer' | 'headers'>;
  readonly #deps: SocketSessionDeps;
  readonly #end: SocketIntroduction['end'];
  readonly #closed = new AbortController();
  /** Headers of the request that opened the socket. */
  readonly #own: Record<string, string>;
  readonly #unwatch: () => void;
  #identity: Identity;
  #shown: Record<string, string>;
  #isRevoked = false;

  constructor(
    { authorization, headers, end }: SocketIntroduction,
    identity: Identity,
    deps: SocketSessionDeps,
  ) {
    this.#deps = deps;
    this.#end = end;
    this.#own = pickHeaders(headers, deps.propagateHeaders);
    this.#identity = identity;
    this.#shown = this.#shownWith(authorization);
    // Contexts carry it alone.
    this.now = () => ({ viewer: this.#identity.viewer, headers: this.#shown });
    this.#awaitEnd();
    this.#unwatch = deps.authenticator.watch(
      () => this.#identity,
      () => this.#revoke(),
    );
  }

  /** Aborts when the socket is closed, or the access is revoked. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /** Whether the access token has ended or was revoked: nothing may be told or done any more. */
  hasExpired(): boolean {
    const { expiresAtMs } = this.#identity;
    return this.#isRevoked || (expiresAtMs !== null && Date.now() >= expiresAtMs);
  }

  /**
   * Takes a fresh access token in place of the one in use. One that is not valid changes nothing; one of another viewer
   * ends the session.
   */
  async renew(accessToken: string): Promise<Renewal> {
    try {
      return await this.#renew(`Bearer ${accessToken}`);
    } catch (error) {
      return { renewed: false, reason: messageOf(error) };
    }
  }

  close(): void {
    this.#unwatch();
    this.#awaitEndNoMore();
    this.#closed.abort();
  }

  expire(): void {
    this.#end('The access token has expired; refresh it.');
  }

  #revoke(): void {
    this.#isRevoked = true;
    this.#end(REVOKED_MESSAGE);
    // A client that does not answer the closing word gets no more than one that does.
    this.#closed.abort();
  }

  #shownWith(authorization: string | undefined): Record<string, string> {
    if (authorization === undefined) return this.#own;
    return { ...this.#own, ...pickHeaders({ authorization }, this.#deps.propagateHeaders) };
  }

  #awaitEnd(): void {
    const { expiresAtMs } = this.#identity;
    if (expiresAtMs !== null) this.#deps.expiries.add(expiresAtMs, this);
  }

  #awaitEndNoMore(): void {
    const { expiresAtMs } = this.#identity;
    if (expiresAtMs !== null) this.#deps.expiries.remove(expiresAtMs, this);
  }

  async #renew(authorization: string): Promise<Renewal> {
    const fresh = await this.#deps.authenticator.identifyBearer(authorization);
    if (this.#closed.signal.aborted) return { renewed: false, reason: 'The socket is closed.' };
    const identity = this.#identity;
    if (!isSameViewer(identity.viewer, fresh.viewer)) {
      const reason = 'The access token is of another viewer; open another socket.';
      this.#end(reason);
      return { renewed: false, reason };
    }
    const { expiresAtMs } = fresh;
    // Two renewals may overtake one another, so the later end counts.
    if ((expiresAtMs ?? Infinity) < (identity.expiresAtMs ?? Infinity))
      return { renewed: false, reason: 'The access token ends before the one in use.' };
    this.#awaitEndNoMore();
    [this.#identity, this.#shown] = [fresh, this.#shownWith(authorization)];
    this.#awaitEnd();
    return { renewed: true, expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString() };
  }
}

// Role and scopes as well: what was decided when the streams were opened holds for as long as they are open.
function isSameViewer(one: Viewer | null, other: Viewer | null): boolean {
  if (one?.kind !== 'user' || other?.kind !== 'user') return one === null && other === null;
  const [before, after] = [one, other].map((viewer) => ({ ...viewer, sessionId: '' }));
  return isDeepStrictEqual(before, after);
}
