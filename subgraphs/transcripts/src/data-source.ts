import { CreateMeetingAccess1700000000001, CreateMeetingErasure1700000000005 } from '@hoerok/shared/access';
import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import { CreateQuotaUse1700000000006 } from '@hoerok/shared/quotas';
import type { DataSource } from 'typeorm';
import { CaptionSourceSchema } from './entities/caption-source.entity.ts';
import { SectionVerdictSchema } from './entities/section-verdict.entity.ts';
import { SectionSchema } from './entities/section.entity.ts';
import { SegmentSchema } from './entities/segment.entity.ts';
import { SpeakerSchema } from './entities/speaker.entity.ts';
import { TranscriptSchema } from './entities/transcript.entity.ts';
import { CreateTranscripts1763700000003 } from './migrations/0001-create-transcripts.ts';
import { EraseMeetings1763700000004 } from './migrations/0002-erase-meetings.ts';

/** The data source of the transcripts database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [
      CaptionSourceSchema,
      TranscriptSchema,
      SpeakerSchema,
      SectionSchema,
      SegmentSchema,
      SectionVerdictSchema,
    ],
    migrations: [
      CreateMeetingAccess1700000000001,
      CreateMeetingErasure1700000000005,
      CreateQuotaUse1700000000006,
      CreateTranscripts1763700000003,
      EraseMeetings1763700000004,
    ],
  });
}
