import { type CacheFamily, rowFamilyName, rowSchema } from '@hoerok/shared/cache';
import { type User, UserSchema } from '../entities/user.entity.ts';

/** Cached people, by {@link profileKey}. */
export const PROFILES: CacheFamily<User> = {
  name: rowFamilyName('profile', [UserSchema]),
  ttlSeconds: 30 * 60,
  schema: rowSchema(UserSchema),
};

/** The workspace is part of each key, so no viewer reads what another tenant's put there. */
export function profileKey(workspaceId: string, id: string): string {
  return `${workspaceId}:${id}`;
}
