import type { MeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { SubgraphRequest } from '@hoerok/shared/graphql';
import type { Quota } from '@hoerok/shared/quotas';
import type { Platform } from '@hoerok/shared/service';
import { cachedCount, type StatisticsSpan } from '@hoerok/shared/statistics';
import type { TaskDefinition } from '@hoerok/shared/tasks';
import type { RecordingServices } from './recordings.ts';
import { createReads, type Reads } from './reads.ts';
import { createAssignSpeaker } from './services/assign-speaker.ts';
import { createMergeSpeakers, createRenameSpeaker } from './services/change-speakers.ts';
import { createCommentOnSection, createResolveComment } from './services/comments.ts';
import { createEditSection } from './services/edit-section.ts';
import type { TranscriptExports } from './services/export-transcript.ts';
import type { ImportPayload } from './services/import-payload.ts';
import { createImportTranscript } from './services/import-transcript.ts';
import { createLockTranscript, createUnlockTranscript } from './services/lock-transcript.ts';
import { createSearchTranscripts } from './services/search-transcripts.ts';
import { createSplitSection } from './services/split-section.ts';
import type { Uploads } from './services/uploads.ts';
import { createChangeTranscript } from './services/turns.ts';
import { createValidateTranscript } from './services/validate-transcript.ts';
import type { ValidationPayload } from './services/validation-payload.ts';
import { createVerifySection } from './services/verify-section.ts';
import { countTranscripts } from './repositories/transcript-statistics.ts';

/** The use cases of the transcripts domain. */
export interface Services extends RecordingServices {
  readonly countTranscripts: (span: StatisticsSpan) => ReturnType<typeof countTranscripts>;
  readonly importTranscript: ReturnType<typeof createImportTranscript>;
  readonly createUpload: Uploads['create'];
  readonly exportTranscript: TranscriptExports['link'];
  readonly assignSpeaker: ReturnType<typeof createAssignSpeaker>;
  readonly editSection: ReturnType<typeof createEditSection>;
  readonly verifySection: ReturnType<typeof createVerifySection>;
  readonly splitSection: ReturnType<typeof createSplitSection>;
  readonly commentOnSection: ReturnType<typeof createCommentOnSection>;
  readonly resolveComment: ReturnType<typeof createResolveComment>;
  readonly renameSpeaker: ReturnType<typeof createRenameSpeaker>;
  readonly mergeSpeakers: ReturnType<typeof createMergeSpeakers>;
  readonly lockTranscript: ReturnType<typeof createLockTranscript>;
  readonly unlockTranscript: ReturnType<typeof createUnlockTranscript>;
  readonly validateTranscript: ReturnType<typeof createValidateTranscript>;
  readonly searchTranscripts: ReturnType<typeof createSearchTranscripts>;
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
}

/** What the context needs beside the platform. */
export interface ContextParts {
  readonly access: MeetingAccess;
  readonly uploads: Uploads;
  readonly exports: TranscriptExports;
  readonly importTask: TaskDefinition<ImportPayload>;
  readonly validationTask: TaskDefinition<ValidationPayload>;
  readonly recordings: RecordingServices;
  readonly quota: Quota;
  readonly clock: () => Date;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(
  platform: Pick<Platform, 'service' | 'transact' | 'dataSource' | 'cache'>,
  { access, uploads, exports, importTask, validationTask, recordings, quota, clock }: ContextParts,
): (request: SubgraphRequest) => Context {
  const { service, transact, dataSource, cache } = platform;
  const changes = { change: createChangeTranscript(transact), dataSource, access, clock };
  const services: Services = {
    countTranscripts: cachedCount(cache, 'transcript-statistics.v1', (span) =>
      countTranscripts(dataSource.manager, span),
    ),
    importTranscript: createImportTranscript({
      service,
      transact,
      access,
      definition: importTask,
      quota,
      clock,
    }),
    ...recordings,
    createUpload: uploads.create,
    exportTranscript: exports.link,
    assignSpeaker: createAssignSpeaker(changes),
    editSection: createEditSection(changes),
    verifySection: createVerifySection(changes),
    splitSection: createSplitSection(changes),
    commentOnSection: createCommentOnSection(changes),
    resolveComment: createResolveComment(changes),
    renameSpeaker: createRenameSpeaker(changes),
    mergeSpeakers: createMergeSpeakers(changes),
    lockTranscript: createLockTranscript(changes),
    unlockTranscript: createUnlockTranscript(changes),
    validateTranscript: createValidateTranscript({
      service,
      transact,
      dataSource,
      access,
      definition: validationTask,
    }),
    searchTranscripts: createSearchTranscripts({ manager: dataSource.manager }),
  };
  return ({ viewer }) => ({
    viewer,
    services,
    reads: viewer === null ? null : createReads({ dataSource, access, cache }, viewer),
  });
}
