import { createMeetingAccess, type MeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import { createGroupLoader, createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Quota } from '@hoerok/shared/quotas';
import type { SagaDefinition } from '@hoerok/shared/sagas';
import type { Platform } from '@hoerok/shared/service';
import type { Evidence } from './entities/evidence.entity.ts';
import type { Keyword } from './entities/keyword.entity.ts';
import type { Minutes } from './entities/minutes.entity.ts';
import type { MinutesItem } from './entities/minutes-item.entity.ts';
import type { TranscriptRef } from './entities/transcript-ref.entity.ts';
import { findAnalyses, type MeetingAnalysis } from './repositories/bulk-analysis-repository.ts';
import { type MinutesRepository, minutesRepository } from './repositories/minutes-repository.ts';
import { transcriptRefRepository } from './repositories/transcript-ref-repository.ts';
import type { BulkOrder } from './sagas/bulk-minutes.ts';
import { createAnalyzeMeetings } from './services/analyze-meetings.ts';
import { createAnalyzeTranscript } from './services/analyze-transcript.ts';
import { createRequireAssignee } from './services/assignee.ts';
import { createNewestTranscripts } from './services/newest-transcripts.ts';
import type { OrderMinutes } from './services/order-minutes.ts';
import { createReviewItem } from './services/review-item.ts';
import type { TranscriptReader } from './services/transcript-reader.ts';

/** The use cases of the ai domain. */
export interface Services {
  readonly analyzeMeetings: ReturnType<typeof createAnalyzeMeetings>;
  readonly analyzeTranscript: ReturnType<typeof createAnalyzeTranscript>;
  readonly reviewItem: ReturnType<typeof createReviewItem>;
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
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(
  { service, transact, dataSource, gateway }: Platform,
  {
    bulkMinutes,
    ...neighbors
  }: {
    readonly transcripts: TranscriptReader;
    readonly orderMinutes: OrderMinutes;
    readonly bulkMinutes: SagaDefinition<BulkOrder>;
    readonly quota: Quota;
  },
): (request: SubgraphRequest) => Context {
  const { manager } = dataSource;
  const access = createMeetingAccess({ dataSource, gateway });
  const requireAssignee = createRequireAssignee(gateway);
  const newestTranscripts = createNewestTranscripts({ manager, gateway });
  const services: Services = {
    analyzeMeetings: createAnalyzeMeetings({
      service,
      transact,
      access,
      newestTranscripts,
      bulkMinutes,
      quota: neighbors.quota,
    }),
    analyzeTranscript: createAnalyzeTranscript({ transact, manager, access, ...neighbors }),
    reviewItem: createReviewItem({ transact, manager, access, requireAssignee, clock: () => new Date() }),
  };
  return ({ viewer }) => {
    if (viewer === null) return { viewer, services, reads: null };
    const minutes = minutesRepository(manager, viewer.workspaceId);
    const transcripts = transcriptRefRepository(manager, viewer.workspaceId);
    const transcript = createLoader(transcripts.find, ({ id }) => id);
    const analyses = createGroupLoader(
      (ids) => findAnalyses(manager, viewer, ids),
      ({ bulkId }) => bulkId,
    );
    return { viewer, services, reads: { ...createReads(viewer, access, minutes), transcript, analyses } };
  };
}

function createReads(
  viewer: Viewer,
  access: MeetingAccess,
  minutes: MinutesRepository,
): Omit<Reads, 'transcript' | 'analyses'> {
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
