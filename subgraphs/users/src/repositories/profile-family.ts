import { type CacheFamily, rowFamilyName, rowSchema } from '@hoerok/shared/cache';
import { type User, UserSchema } from '../entities/user.entity.ts';

/** Cached people, by {@link tenantKey}. */
export const PROFILES: CacheFamily<User> = {
  name: rowFamilyName('profile', [UserSchema]),
  ttlSeconds: 30 * 60,
  schema: rowSchema(UserSchema),
};
