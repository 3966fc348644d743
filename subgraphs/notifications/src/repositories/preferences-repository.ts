import { holdName } from '@hoerok/shared/database';
import { type EntityManager, In } from 'typeorm';
import { DEFAULT_PREFERENCES, type Preferences } from '../domain/preferences.ts';
import { PreferencesSchema, type StoredPreferences } from '../entities/preferences.entity.ts';

/** How the people of one workspace want to be told. */
export interface PreferencesRepository {
  /** Of each user; the defaults of who never set any. */
  readonly of: (userIds: readonly string[]) => Promise<ReadonlyMap<string, Preferences>>;
  /** Those of one user, locked until the transaction ends. */
  readonly lock: (userId: string) => Promise<Preferences>;
  readonly save: (userId: string, preferences: Preferences, updatedAt: Date) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function preferencesRepository(tx: EntityManager, workspaceId: string): PreferencesRepository {
  return {
    of: async (userIds) => {
      const rows =
        userIds.length === 0
          ? []
          : await tx.findBy(PreferencesSchema, { workspaceId, userId: In([...userIds]) });
      const stored = new Map(rows.map((row) => [row.userId, row]));
      return new Map(userIds.map((id) => [id, stored.get(id) ?? DEFAULT_PREFERENCES]));
    },
    lock: async (userId) => {
      // There may be no row to lock yet.
      await holdName(tx, `preferences:${userId}`);
      return (await tx.findOneBy(PreferencesSchema, { workspaceId, userId })) ?? DEFAULT_PREFERENCES;
    },
    save: async (userId, { channels, quietHours, digest, language, phone }, updatedAt) => {
      const row: StoredPreferences = {
        userId,
        workspaceId,
        channels,
        quietHours,
        digest,
        language,
        phone,
        updatedAt,
      };
      await tx.upsert(PreferencesSchema, row, ['userId']);
    },
  };
}
