import { userUpdated } from '@hoerok/shared/contracts';
import { type EventSubscription, onEvent } from '@hoerok/shared/events';
import type { Profiles } from '../services/profiles.ts';

/**
 * Drops a changed profile from the cache a second time: the process that changed it may have been cut off from Redis and
 * have died before it did. Idempotent: what is gone stays gone.
 */
export function profileCacheSubscription(profiles: Profiles): EventSubscription {
  return {
    purpose: 'profile_cache',
    handlers: [onEvent(userUpdated, ({ workspaceId, payload }) => profiles.forget(workspaceId, payload.id))],
  };
}
