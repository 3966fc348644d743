import { CreateMeetingAccess1700000000001, CreateMeetingErasure1700000000005 } from '@hoerok/shared/access';
import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import { CreateQuotaUse1700000000006 } from '@hoerok/shared/quotas';
import { CreateSearch1700000000007 } from '@hoerok/shared/search';
import type { DataSource } from 'typeorm';
import { CaptionSourceSchema } from './entities/caption-source.entity.ts';
import { DoomedFileSchema } from './entities/doomed-file.entity.ts';
import { RecordingSchema } from './entities/recording.entity.ts';
import { SectionCommentSchema } from './entities/section-comment.entity.ts';
import { SectionVerdictSchema } from './entities/section-verdict.entity.ts';
import { SectionSchema } from './entities/section.entity.ts';
import { SegmentEditSchema } from './entities/segment-edit.entity.ts';
import { SegmentSchema } from './entities/segment.entity.ts';
import { SpeakerSchema } from './entities/speaker.entity.ts';
import { TranscriptNoteSchema } from './entities/transcript-note.entity.ts';
import { TranscriptSchema } from './entities/transcript.entity.ts';
import { ValidationFindingSchema } from './entities/validation-finding.entity.ts';
import { CreateTranscripts1763700000003 } from './migrations/0001-create-transcripts.ts';
import { EraseMeetings1763700000004 } from './migrations/0002-erase-meetings.ts';
import { KeepEdits1763700000005 } from './migrations/0003-keep-edits.ts';
import { CreateRecordings1763700000006 } from './migrations/0004-recordings.ts';
import { SearchSegments1763700000007 } from './migrations/0005-search-segments.ts';
import { IsolateWorkspaces1763700000008 } from './migrations/0006-isolate-workspaces.ts';

/** The data source of the transcripts database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [
      CaptionSourceSchema,
      RecordingSchema,
      DoomedFileSchema,
      TranscriptSchema,
      SpeakerSchema,
      SectionSchema,
      SegmentSchema,
      SectionVerdictSchema,
      SegmentEditSchema,
      SectionCommentSchema,
      TranscriptNoteSchema,
      ValidationFindingSchema,
    ],
    migrations: [
      CreateMeetingAccess1700000000001,
      CreateMeetingErasure1700000000005,
      CreateQuotaUse1700000000006,
      CreateSearch1700000000007,
      CreateTranscripts1763700000003,
      EraseMeetings1763700000004,
      KeepEdits1763700000005,
      CreateRecordings1763700000006,
      SearchSegments1763700000007,
      IsolateWorkspaces1763700000008,
    ],
  });
}
