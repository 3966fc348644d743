import { accessRevoked } from '@hoerok/shared/contracts';
import { type EventSubscription, onEvent } from '@hoerok/shared/events';
import { calendarFeedRepository } from '../repositories/calendar-feed-repository.ts';

/**
 * Ends the calendar feeds of a person whose whole access was withdrawn: deactivated, with another role, or with another
 * password. A sign-out leaves them. Idempotent: what is gone stays gone.
 */
export const accessRevokedSubscription: EventSubscription = {
  purpose: 'revoked_access',
  handlers: [
    onEvent(accessRevoked, async ({ workspaceId, payload: { userId, sessionId } }, tx) => {
      if (sessionId === null) await calendarFeedRepository(tx, { workspaceId, userId }).deleteAll();
    }),
  ],
};
