import { type EntityManager, IsNull } from 'typeorm';
import { type ApiKey, ApiKeySchema } from '../entities/api-key.entity.ts';
import { type User, UserSchema } from '../entities/user.entity.ts';

/** Keys of programs. */
export interface ApiKeyRepository {
  readonly insert: (key: ApiKey) => Promise<void>;
  /** Those of a person that are not revoked, newest first; ended ones as well. */
  readonly listOf: (userId: string) => Promise<ApiKey[]>;
  /** The key as it is then; null when the person has none such that is not revoked. */
  readonly revoke: (
    key: { readonly id: string; readonly userId: string },
    at: Date,
  ) => Promise<ApiKey | null>;
  /** A key that counts and the acting person behind it; null when there is none. */
  readonly findCounting: (secretHash: string, now: Date) => Promise<{ key: ApiKey; owner: User } | null>;
  /** Notes a use, unless one was noted within the last minute. */
  readonly noteUse: (id: string, at: Date) => Promise<void>;
}

/** Binds the queries to a transaction or the manager. */
export function apiKeyRepository(tx: EntityManager): ApiKeyRepository {
  return {
    insert: async (key) => void (await tx.insert(ApiKeySchema, key)),
    listOf: (userId) =>
      tx.find(ApiKeySchema, { where: { userId, revokedAt: IsNull() }, order: { id: 'DESC' } }),
    revoke: async ({ id, userId }, revokedAt) => {
      const lock = { mode: 'for_no_key_update' } as const;
      const key = await tx.findOne(ApiKeySchema, { where: { id, userId, revokedAt: IsNull() }, lock });
      if (key === null) return null;
      await tx.update(ApiKeySchema, { id }, { revokedAt });
      return { ...key, revokedAt };
    },
    findCounting: async (secretHash, now) => {
      const key = await tx.findOneBy(ApiKeySchema, { secretHash, revokedAt: IsNull() });
      if (key === null || (key.expiresAt !== null && key.expiresAt <= now)) return null;
      const owner = await tx.findOneBy(UserSchema, { id: key.userId, active: true });
      return owner === null ? null : { key, owner };
    },
    noteUse: async (id, at) => {
      await tx.query(
        `UPDATE api_key SET last_used_at = $2
         WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < $2::timestamptz - interval '1 minute')`,
        [id, at],
      );
    },
  };
}
