import type { RetentionRule } from '@hoerok/shared/retention';
import type { NotificationsConfig } from './config.ts';

type RetentionDays = Pick<
  NotificationsConfig,
  'DELIVERIES_KEEP_DAYS' | 'NOTIFICATIONS_READ_KEEP_DAYS' | 'NOTIFICATIONS_KEEP_DAYS'
>;

/** For how long this service's tables keep their rows; they remember as well which events were told of. */
export function retentionOf(config: RetentionDays): RetentionRule[] {
  return [
    // What waits for a digest or for another attempt is not over, however old it is.
    { table: 'delivery', since: 'due_at', only: `state <> 'PENDING'`, keepDays: config.DELIVERIES_KEEP_DAYS },
    {
      table: 'notification',
      since: 'created_at',
      only: 'read_at IS NOT NULL',
      keepDays: config.NOTIFICATIONS_READ_KEEP_DAYS,
    },
    { table: 'notification', since: 'created_at', keepDays: config.NOTIFICATIONS_KEEP_DAYS },
  ];
}
