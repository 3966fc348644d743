import { ROLES } from '@hoerok/shared/auth';
import type { Cache, CacheFamily } from '@hoerok/shared/cache';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { User } from '../entities/user.entity.ts';
import { userRepository } from '../repositories/user-repository.ts';

const PROFILES: CacheFamily<User> = {
  name: 'profile.v1',
  ttlSeconds: 30 * 60,
  schema: z.object({
    id: z.string(),
    workspaceId: z.string(),
    email: z.string(),
    name: z.string(),
    avatarUrl: z.string().nullable(),
    locale: z.string(),
    timeZone: z.string(),
    role: z.enum(ROLES),
    title: z.string().nullable(),
    department: z.string().nullable(),
    active: z.boolean(),
    aliases: z.array(z.string()),
    revision: z.number(),
    createdAt: z.coerce.date(),
  }),
};

/** People by id, through the cache. */
export interface Profiles {
  /** Those among the ids that belong to the workspace. */
  readonly read: (workspaceId: string, ids: readonly string[]) => Promise<User[]>;
  /** Call it after the commit of a change. */
  readonly forget: (workspaceId: string, id: string) => Promise<void>;
}

/** Builds {@link Profiles}; the workspace is part of each key, so no viewer reads what another tenant's put there. */
export function createProfiles(deps: { readonly cache: Cache; readonly dataSource: DataSource }): Profiles {
  const keyOf = (workspaceId: string, id: string): string => `${workspaceId}:${id}`;
  return {
    read: async (workspaceId, ids) => {
      const idOf = new Map(ids.map((id) => [keyOf(workspaceId, id), id]));
      const profiles = await deps.cache.readThrough(PROFILES, [...idOf.keys()], async (missing) => {
        const users = userRepository(deps.dataSource.manager, workspaceId);
        const rows = await users.findMany(missing.flatMap((key) => idOf.get(key) ?? []));
        return new Map(rows.map((row) => [keyOf(workspaceId, row.id), row]));
      });
      return [...profiles.values()];
    },
    forget: (workspaceId, id) => deps.cache.invalidate(PROFILES, [keyOf(workspaceId, id)]),
  };
}
