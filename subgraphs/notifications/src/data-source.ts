import { CreateMeetingAccess1700000000001, CreateMeetingErasure1700000000005 } from '@hoerok/shared/access';
import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import type { DataSource } from 'typeorm';
import { DeliverySchema } from './entities/delivery.entity.ts';
import { InvitationSchema } from './entities/invitation.entity.ts';
import { NotificationSchema } from './entities/notification.entity.ts';
import { PreferencesSchema } from './entities/preferences.entity.ts';
import { SectionEditorSchema } from './entities/section-editor.entity.ts';
import { WebhookEndpointSchema } from './entities/webhook-endpoint.entity.ts';
import { CreateNotifications1763700000001 } from './migrations/0001-create-notifications.ts';
import { EraseMeetings1763700000002 } from './migrations/0002-erase-meetings.ts';
import { CreateDeliveries1763700000003 } from './migrations/0003-create-deliveries.ts';
import { CreateSectionEditors1763700000004 } from './migrations/0004-create-section-editors.ts';
import { LimitGrowth1763700000005 } from './migrations/0005-limit-growth.ts';
import { IsolateWorkspaces1763700000006 } from './migrations/0006-isolate-workspaces.ts';

/** The data source of the notifications database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [
      NotificationSchema,
      InvitationSchema,
      SectionEditorSchema,
      DeliverySchema,
      PreferencesSchema,
      WebhookEndpointSchema,
    ],
    migrations: [
      CreateMeetingAccess1700000000001,
      CreateMeetingErasure1700000000005,
      CreateNotifications1763700000001,
      EraseMeetings1763700000002,
      CreateDeliveries1763700000003,
      CreateSectionEditors1763700000004,
      LimitGrowth1763700000005,
      IsolateWorkspaces1763700000006,
    ],
  });
}
