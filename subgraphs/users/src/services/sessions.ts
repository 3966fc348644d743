import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { judgeRefresh, type RefreshVerdict } from '../domain/refresh.ts';
import type { User } from '../entities/user.entity.ts';
import { accountRepository } from '../repositories/account-repository.ts';
import { sessionRepository } from '../repositories/session-repository.ts';
import type { AccessTokens } from './access-tokens.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { announceRevocation } from './user-events.ts';
import { refreshInput } from './user-input.ts';

const REFRESH_LIFE_MS = 30 * 24 * 3_600_000;

/** A session that has just got a new refresh token. */
export interface OpenSession {
  readonly sessionId: string;
  readonly refreshToken: string;
}

/** What a client gets to act as a person. */
export interface Grant {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Of the access token. */
  readonly expiresAt: Date;
  readonly user: User;
}

/** Sessions: one for each sign-in, each with a family of refresh tokens of which one is unspent. */
export interface Sessions {
  /** Opens one inside `tx`. The row of the user must be new or locked there, so that a deactivation cannot miss it. */
  readonly open: (tx: EntityManager, user: User) => Promise<OpenSession>;
  /** Call it after the commit. */
  readonly grant: (user: User, session: OpenSession) => Promise<Grant>;
  /**
   * Spends a refresh token for the next pair (RFC 9700, section 4.14.2).
   * @throws AppError `CONFLICT` for a token spent within the last 10 seconds; `SESSION_REVOKED` for any other that is
   * not good, after ending the whole session if the token was spent before.
   */
  readonly refresh: (input: unknown) => Promise<Grant>;
  /** Ends the session of the viewer. Repeating it changes nothing. */
  readonly signOut: (viewer: UserViewer) => Promise<void>;
}

/** What {@link createSessions} needs. */
export interface SessionDeps {
  readonly transact: Transact;
  readonly accessTokens: AccessTokens;
  readonly clock: () => Date;
}

/** Builds {@link Sessions}. */
export function createSessions(deps: SessionDeps): Sessions {
  const { transact, accessTokens, clock } = deps;
  const grant: Sessions['grant'] = async (user, { sessionId, refreshToken }) => {
    return { ...(await accessTokens.issue(user, sessionId)), refreshToken, user };
  };
  return {
    grant,
    open: async (tx, user) => {
      const now = clock();
      const sessions = sessionRepository(tx);
      await sessions.dropEnded(user.id, now);
      const id = randomUUIDv7();
      const expiresAt = new Date(now.getTime() + REFRESH_LIFE_MS);
      await sessions.insert({ id, userId: user.id, createdAt: now, expiresAt, revokedAt: null });
      return await addRefreshToken(tx, id, expiresAt);
    },
    refresh: async (input) => {
      const { refreshToken } = decodeInput(refreshInput, input);
      // The refusal comes after the commit: thrown inside, it would roll back the end of a stolen session.
      const outcome = await transact((tx) => rotate(tx, hashSecret(refreshToken), clock()));
      if (typeof outcome === 'string') throw refusal(outcome);
      return await grant(outcome.user, outcome.session);
    },
    signOut: async (viewer) => {
      await transact((tx) => endSession(tx, viewer, clock()));
    },
  };
}

type Refused = Exclude<RefreshVerdict, 'rotate'>;

async function rotate(
  tx: EntityManager,
  tokenHash: string,
  now: Date,
): Promise<Refused | { readonly user: User; readonly session: OpenSession }> {
  const sessions = sessionRepository(tx);
  const found = await sessions.findByToken(tokenHash);
  if (found === null) return 'ended';
  const { token, session } = found;
  const verdict = judgeRefresh({ ...token, revokedAt: session.revokedAt }, now);
  const user = await accountRepository(tx).findById(session.userId);
  if (verdict === 'stolen' && user !== null)
    await endSession(tx, { ...user, userId: user.id, sessionId: session.id }, now);
  if (verdict !== 'rotate') return verdict;
  if (user === null || !user.active) return 'ended';
  const expiresAt = new Date(now.getTime() + REFRESH_LIFE_MS);
  await sessions.spendToken(tokenHash, now);
  await sessions.extend(session.id, expiresAt, now);
  return { user, session: await addRefreshToken(tx, session.id, expiresAt) };
}

/** Ends a session, if it has not ended, and all access that came of it. */
async function endSession(
  tx: EntityManager,
  session: { readonly workspaceId: string; readonly userId: string; readonly sessionId: string },
  now: Date,
): Promise<void> {
  const { workspaceId, userId, sessionId } = session;
  const hasEnded = await sessionRepository(tx).revoke({ id: sessionId, userId }, now);
  if (hasEnded) await announceRevocation(tx, { workspaceId, userId, sessionId, revision: null }, now);
}

async function addRefreshToken(tx: EntityManager, sessionId: string, expiresAt: Date): Promise<OpenSession> {
  const refreshToken = newSecret();
  const tokenHash = hashSecret(refreshToken);
  await sessionRepository(tx).addToken({ tokenHash, sessionId, expiresAt, spentAt: null });
  return { sessionId, refreshToken };
}

function refusal(verdict: Refused): AppError {
  const options = { logLevel: 'debug', extensions: { path: ['refreshToken'] } } as const;
  return verdict === 'raced'
    ? new AppError('CONFLICT', 'This refresh token was used a moment ago; go on with the pair given then.', {
        ...options,
      })
    : new AppError('SESSION_REVOKED', 'This session has ended; sign in again.', { ...options });
}
