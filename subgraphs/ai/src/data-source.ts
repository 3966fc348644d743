import { CreateMeetingAccess1700000000001, CreateMeetingErasure1700000000005 } from '@hoerok/shared/access';
import { createDataSource as createServiceDataSource } from '@hoerok/shared/database';
import { CreateQuotaUse1700000000006 } from '@hoerok/shared/quotas';
import { CreateSearch1700000000007 } from '@hoerok/shared/search';
import type { DataSource } from 'typeorm';
import { EditedSegmentSchema } from './entities/edited-segment.entity.ts';
import { EvidenceSchema } from './entities/evidence.entity.ts';
import { KeywordSchema } from './entities/keyword.entity.ts';
import { LlmUsageSchema } from './entities/llm-usage.entity.ts';
import { MinutesSchema } from './entities/minutes.entity.ts';
import { MinutesItemSchema } from './entities/minutes-item.entity.ts';
import { TranscriptRefSchema } from './entities/transcript-ref.entity.ts';
import { CreateMinutes1763700000001 } from './migrations/0001-create-minutes.ts';
import { EraseMeetings1763700000002 } from './migrations/0002-erase-meetings.ts';
import { LanguageModels1763700000003 } from './migrations/0003-language-models.ts';
import { ScheduleAndStaleness1763700000104 } from './migrations/0004-schedule-and-staleness.ts';
import { SearchMinutes1763700000105 } from './migrations/0005-search-minutes.ts';
import { IsolateWorkspaces1763700000106 } from './migrations/0006-isolate-workspaces.ts';

/** The data source of the ai database. */
export function createDataSource(url: string): DataSource {
  return createServiceDataSource({
    url,
    entities: [
      MinutesSchema,
      MinutesItemSchema,
      EvidenceSchema,
      KeywordSchema,
      TranscriptRefSchema,
      EditedSegmentSchema,
      LlmUsageSchema,
    ],
    migrations: [
      CreateMeetingAccess1700000000001,
      CreateMeetingErasure1700000000005,
      CreateQuotaUse1700000000006,
      CreateSearch1700000000007,
      CreateMinutes1763700000001,
      EraseMeetings1763700000002,
      LanguageModels1763700000003,
      ScheduleAndStaleness1763700000104,
      SearchMinutes1763700000105,
      IsolateWorkspaces1763700000106,
    ],
  });
}
