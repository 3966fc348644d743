import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import type { DataSource } from 'typeorm';
import { AgendaItemSchema } from './entities/agenda-item.entity.ts';
import { MeetingSchema } from './entities/meeting.entity.ts';
import { MeetingTemplateSchema } from './entities/meeting-template.entity.ts';
import { ParticipantSchema } from './entities/participant.entity.ts';
import { CreateMeetings1763700000001 } from './migrations/0001-create-meetings.ts';
import { DeleteMeetings1763700000002 } from './migrations/0002-delete-meetings.ts';

/** The data source of the meetings database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [MeetingSchema, ParticipantSchema, AgendaItemSchema, MeetingTemplateSchema],
    migrations: [CreateMeetings1763700000001, DeleteMeetings1763700000002],
  });
}
