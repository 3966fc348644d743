import { type EntityManager, IsNull, LessThanOrEqual } from 'typeorm';
import { type RefreshToken, RefreshTokenSchema } from '../entities/refresh-token.entity.ts';
import { type Session, SessionSchema } from '../entities/session.entity.ts';

/** Sessions and their refresh tokens. */
export interface SessionRepository {
  readonly insert: (session: Session) => Promise<void>;
  /** The session and the token, both locked until the transaction ends; null for a token nobody was given. */
  readonly findByToken: (tokenHash: string) => Promise<{ session: Session; token: RefreshToken } | null>;
  readonly addToken: (token: RefreshToken) => Promise<void>;
  readonly spendToken: (tokenHash: string, spentAt: Date) => Promise<void>;
  /** Moves the end of a session and drops its tokens that ended before `now`. */
  readonly extend: (sessionId: string, expiresAt: Date, now: Date) => Promise<void>;
  /** Ends one session of a user; false for one that has ended before, or that the user does not have. */
  readonly revoke: (session: { readonly id: string; readonly userId: string }, at: Date) => Promise<boolean>;
  readonly revokeAllOf: (userId: string, at: Date) => Promise<void>;
  /** Forgets the sessions of a user that ended before `now`. */
  readonly dropEnded: (userId: string, now: Date) => Promise<void>;
}

/** Binds the queries to a transaction. */
export function sessionRepository(tx: EntityManager): SessionRepository {
  return {
    insert: async (session) => void (await tx.insert(SessionSchema, session)),
    findByToken: async (tokenHash) => {
      const lock = { mode: 'pessimistic_write' } as const;
      const token = await tx.findOne(RefreshTokenSchema, { where: { tokenHash }, lock });
      if (token === null) return null;
      const session = await tx.findOne(SessionSchema, { where: { id: token.sessionId }, lock });
      return session === null ? null : { session, token };
    },
    addToken: async (token) => void (await tx.insert(RefreshTokenSchema, token)),
    spendToken: async (tokenHash, spentAt) =>
      void (await tx.update(RefreshTokenSchema, { tokenHash }, { spentAt })),
    extend: async (sessionId, expiresAt, now) => {
      await tx.update(SessionSchema, { id: sessionId }, { expiresAt });
      await tx.delete(RefreshTokenSchema, { sessionId, expiresAt: LessThanOrEqual(now) });
    },
    revoke: async ({ id, userId }, revokedAt) => {
      const { affected } = await tx.update(SessionSchema, { id, userId, revokedAt: IsNull() }, { revokedAt });
      return affected === 1;
    },
    revokeAllOf: async (userId, revokedAt) =>
      void (await tx.update(SessionSchema, { userId, revokedAt: IsNull() }, { revokedAt })),
    dropEnded: async (userId, now) =>
      void (await tx.delete(SessionSchema, { userId, expiresAt: LessThanOrEqual(now) })),
  };
}
