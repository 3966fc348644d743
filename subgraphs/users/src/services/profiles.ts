import { type Cache, tenantKey } from '@hoerok/shared/cache';
import type { DataSource } from 'typeorm';
import type { User } from '../entities/user.entity.ts';
import { PROFILES } from '../repositories/profile-family.ts';
import { userRepository } from '../repositories/user-repository.ts';

/** People by id, through the cache. */
export interface Profiles {
  /** Those among the ids that belong to the workspace. */
  readonly read: (workspaceId: string, ids: readonly string[]) => Promise<User[]>;
  /** For who hears of a change; whoever makes one does so through the repository, which says it itself. */
  readonly forget: (workspaceId: string, id: string) => Promise<void>;
}

/** Builds {@link Profiles}. */
export function createProfiles(deps: { readonly cache: Cache; readonly dataSource: DataSource }): Profiles {
  return {
    read: async (workspaceId, ids) => {
      const idOf = new Map(ids.map((id) => [tenantKey(workspaceId, id), id]));
      const profiles = await deps.cache.readThrough(PROFILES, [...idOf.keys()], async (missing) => {
        const users = userRepository(deps.dataSource.manager, workspaceId);
        const rows = await users.findMany(missing.flatMap((key) => idOf.get(key) ?? []));
        return new Map(rows.map((row) => [tenantKey(workspaceId, row.id), row]));
      });
      return [...profiles.values()];
    },
    forget: (workspaceId, id) => deps.cache.invalidate(PROFILES, [tenantKey(workspaceId, id)]),
  };
}
