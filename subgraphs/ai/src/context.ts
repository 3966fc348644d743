import type { MeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import { createGroupLoader, createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Quota } from '@hoerok/shared/quotas';
import type { SagaDefinition } from '@hoerok/shared/sagas';
import type { Platform } from '@hoerok/shared/service';
import type { StatisticsSpan } from '@hoerok/shared/statistics';
import type { TaskDefinition } from '@hoerok/shared/tasks';
import type { AiConfig } from './config.ts';
import type { EditedSegment } from './entities/edited-segment.entity.ts';
import type { Evidence } from './entities/evidence.entity.ts';
import type { Keyword } from './entities/keyword.entity.ts';
import type { Minutes } from './entities/minutes.entity.ts';
import type { MinutesItem } from './entities/minutes-item.entity.ts';
import type { TranscriptRef } from './entities/transcript-ref.entity.ts';
import type { ScheduleOrder } from './jobs/find-schedule.ts';
import { findAnalyses, type MeetingAnalysis } from './repositories/bulk-analysis-repository.ts';
import { editedSegmentRepository } from './repositories/edited-segment-repository.ts';
import { type MinutesRepository, minutesRepository } from './repositories/minutes-repository.ts';
import { transcriptRefRepository } from './repositories/transcript-ref-repository.ts';
import type { BulkOrder } from './sagas/bulk-minutes.ts';
import { createAnalyzeMeetings } from './services/analyze-meetings.ts';
import { createAnalyzeTranscript } from './services/analyze-transcript.ts';
import { createRequireAssignee } from './services/assignee.ts';
import type { MinutesExports } from './services/export-minutes.ts';
import { createGenerateSchedule } from './services/generate-schedule.ts';
import { createLanguageModelUsage } from './services/language-model-usage.ts';
import { describeWriters, type MinutesWriters, type WriterState } from './services/minutes-writer.ts';
import { createNewestTranscripts } from './services/newest-transcripts.ts';
import type { OrderMinutes } from './services/order-minutes.ts';
import { createReviewItem, createReviewItems } from './services/review-items.ts';
import { createSearchMinutes } from './services/search-minutes.ts';
import type { TranscriptReader } from './services/transcript-reader.ts';
import { countMinutes } from './repositories/minutes-statistics.ts';

/** The use cases of the ai domain. */
export interface Services {
  readonly countMinutes: (span: StatisticsSpan) => ReturnType<typeof countMinutes>;
  readonly analyzeMeetings: ReturnType<typeof createAnalyzeMeetings>;
  readonly analyzeTranscript: ReturnType<typeof createAnalyzeTranscript>;
  readonly exportMinutes: MinutesExports['link'];
  readonly languageModelUsage: ReturnType<typeof createLanguageModelUsage>;
  readonly minutesWriters: () => readonly WriterState[];
  readonly reviewItem: ReturnType<typeof createReviewItem>;
  readonly reviewItems: ReturnType<typeof createReviewItems>;
  readonly searchMinutes: ReturnType<typeof createSearchMinutes>;
  readonly generateSchedule: ReturnType<typeof createGenerateSchedule>;
}

/** Reads of one request, batched; everything in them is of the viewer's workspace. */
export interface Reads {
  /** Meetings that the viewer may see. */
  readonly meeting: Loader<MeetingState>;
  /** Minutes of meetings that the viewer may see. */
  readonly minutes: Loader<Minutes>;
  readonly newestOfMeeting: Loader<Minutes>;
  readonly newestOfTranscript: Loader<Minutes>;
  /** Of bulk tasks that the viewer may see. */
  readonly analyses: ReturnType<typeof createGroupLoader<MeetingAnalysis>>;
  readonly madeByTask: Loader<{ readonly taskId: string; readonly minutesId: string }>;
  /** Items of meetings that the viewer may see. */
  readonly item: Loader<MinutesItem>;
  readonly itemsOfMinutes: ReturnType<typeof createGroupLoader<MinutesItem>>;
  readonly evidence: ReturnType<typeof createGroupLoader<Evidence>>;
  readonly keywords: ReturnType<typeof createGroupLoader<Keyword>>;
  readonly transcript: Loader<TranscriptRef>;
  /** Segments that were edited. */
  readonly editedSegment: Loader<EditedSegment>;
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(
  platform: Platform<AiConfig>,
  {
    bulkMinutes,
    ...neighbors
  }: {
    readonly transcripts: TranscriptReader;
    readonly orderMinutes: OrderMinutes;
    readonly bulkMinutes: SagaDefinition<BulkOrder>;
    readonly quota: Quota;
    readonly writers: MinutesWriters;
    readonly findSchedule: TaskDefinition<ScheduleOrder>;
    readonly access: MeetingAccess;
    readonly exports: MinutesExports;
  },
): (request: SubgraphRequest) => Context {
  const { service, transact, dataSource, gateway, config } = platform;
  const { manager } = dataSource;
  const { access } = neighbors;
  const requireAssignee = createRequireAssignee(gateway);
  const newestTranscripts = createNewestTranscripts({ manager, gateway });
  const reviews = { transact, manager, access, requireAssignee, clock: (): Date => new Date() };
  const services: Services = {
    countMinutes: (span) => countMinutes(dataSource.manager, span),
    searchMinutes: createSearchMinutes({ manager }),
    analyzeMeetings: createAnalyzeMeetings({
      service,
      transact,
      access,
      newestTranscripts,
      bulkMinutes,
      quota: neighbors.quota,
      writers: neighbors.writers,
    }),
    exportMinutes: neighbors.exports.link,
    languageModelUsage: createLanguageModelUsage({ manager, tokensPerMonth: config.LLM_TOKENS_PER_MONTH }),
    minutesWriters: () => describeWriters(neighbors.writers),
    analyzeTranscript: createAnalyzeTranscript({ transact, manager, ...neighbors }),
    reviewItem: createReviewItem(reviews),
    reviewItems: createReviewItems(reviews),
    generateSchedule: createGenerateSchedule({ service, transact, manager, ...neighbors }),
  };
  return ({ viewer }) => {
    if (viewer === null) return { viewer, services, reads: null };
    const minutes = minutesRepository(manager, viewer.workspaceId);
    const transcripts = transcriptRefRepository(manager, viewer.workspaceId);
    const transcript = createLoader(transcripts.find, ({ id }) => id);
    const edited = editedSegmentRepository(manager, viewer.workspaceId);
    const editedSegment = createLoader(edited.find, ({ id }) => id);
    const analyses = createGroupLoader(
      (ids) => findAnalyses(manager, viewer, ids),
      ({ bulkId }) => bulkId,
    );
    const ofWorkspace = { transcript, editedSegment, analyses };
    return { viewer, services, reads: { ...createReads(viewer, access, minutes), ...ofWorkspace } };
  };
}

function createReads(
  viewer: Viewer,
  access: MeetingAccess,
  minutes: MinutesRepository,
): Omit<Reads, 'transcript' | 'editedSegment' | 'analyses'> {
  const meeting = createLoader(
    async (ids) => [...(await access.visible(viewer, ids)).values()],
    ({ id }) => id,
  );
  const onlyVisible = async <T extends { readonly meetingId: string }>(
    rows: Promise<readonly T[]>,
  ): Promise<T[]> => {
    const found = await rows;
    const meetings = await meeting.loadMany(found.map(({ meetingId }) => meetingId));
    return found.filter((_, index) => isThere(meetings[index]));
  };
  return {
    meeting,
    minutes: createLoader(
      (ids) => onlyVisible(minutes.find(ids)),
      ({ id }) => id,
    ),
    newestOfMeeting: createLoader(
      (ids) => onlyVisible(minutes.newestOfMeetings(ids)),
      ({ meetingId }) => meetingId,
    ),
    newestOfTranscript: createLoader(
      (ids) => onlyVisible(minutes.newestOfTranscripts(ids)),
      ({ transcriptId }) => transcriptId,
    ),
    madeByTask: createLoader(minutes.madeByTasks, ({ taskId }) => taskId),
    item: createLoader(
      (ids) => onlyVisible(minutes.findItems(ids)),
      ({ id }) => id,
    ),
    itemsOfMinutes: createGroupLoader(minutes.itemsOf, ({ minutesId }) => minutesId),
    evidence: createGroupLoader(minutes.evidenceOf, ({ itemId }) => itemId),
    keywords: createGroupLoader(minutes.keywordsOf, ({ minutesId }) => minutesId),
  };
}

/** `loadMany` puts errors among the values; one of them must not pass for a meeting. */
function isThere(meeting: MeetingState | Error | null | undefined): boolean {
  if (meeting instanceof Error) throw meeting;
  return meeting != null;
}
