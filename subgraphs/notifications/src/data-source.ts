import { CreateMeetingAccess1700000000001, CreateMeetingErasure1700000000005 } from '@hoerok/shared/access';
import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import type { DataSource } from 'typeorm';
import { InvitationSchema } from './entities/invitation.entity.ts';
import { NotificationSchema } from './entities/notification.entity.ts';
import { CreateNotifications1763700000001 } from './migrations/0001-create-notifications.ts';
import { EraseMeetings1763700000002 } from './migrations/0002-erase-meetings.ts';

/** The data source of the notifications database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [NotificationSchema, InvitationSchema],
    migrations: [
      CreateMeetingAccess1700000000001,
      CreateMeetingErasure1700000000005,
      CreateNotifications1763700000001,
      EraseMeetings1763700000002,
    ],
  });
}
