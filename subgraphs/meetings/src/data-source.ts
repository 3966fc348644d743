import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import { CreateSearch1700000000007 } from '@hoerok/shared/search';
import type { DataSource } from 'typeorm';
import { AgendaItemSchema } from './entities/agenda-item.entity.ts';
import { MeetingSchema } from './entities/meeting.entity.ts';
import { MeetingShareSchema } from './entities/meeting-share.entity.ts';
import { MeetingTemplateSchema } from './entities/meeting-template.entity.ts';
import { ParticipantSchema } from './entities/participant.entity.ts';
import { ShareChangeSchema } from './entities/share-change.entity.ts';
import { CreateMeetings1763700000001 } from './migrations/0001-create-meetings.ts';
import { DeleteMeetings1763700000002 } from './migrations/0002-delete-meetings.ts';
import { ShareMeetings1763700000003 } from './migrations/0003-share-meetings.ts';
import { Attendance1763700000004 } from './migrations/0004-attendance.ts';
import { SearchMeetings1763700000005 } from './migrations/0005-search-meetings.ts';
import { IsolateWorkspaces1763700000006 } from './migrations/0006-isolate-workspaces.ts';
import { AutoAccept1763700000007 } from './migrations/0007-auto-accept.ts';

/** The data source of the meetings database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [
      MeetingSchema,
      ParticipantSchema,
      AgendaItemSchema,
      MeetingTemplateSchema,
      MeetingShareSchema,
      ShareChangeSchema,
    ],
    migrations: [
      CreateSearch1700000000007,
      CreateMeetings1763700000001,
      DeleteMeetings1763700000002,
      ShareMeetings1763700000003,
      Attendance1763700000004,
      SearchMeetings1763700000005,
      IsolateWorkspaces1763700000006,
      AutoAccept1763700000007,
    ],
  });
}
