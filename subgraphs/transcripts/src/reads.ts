import type { MeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { Cache } from '@hoerok/shared/cache';
import type { MeetingState } from '@hoerok/shared/contracts';
import { createGroupLoader, createLoader, type Loader, type Page } from '@hoerok/shared/graphql';
import type { TaskRow } from '@hoerok/shared/tasks';
import type { DataSource } from 'typeorm';
import type { SectionVerdict } from './entities/section-verdict.entity.ts';
import type { Section } from './entities/section.entity.ts';
import type { Segment } from './entities/segment.entity.ts';
import type { Speaker } from './entities/speaker.entity.ts';
import type { Transcript } from './entities/transcript.entity.ts';
import { createHistoryReads, type HistoryReads } from './history-reads.ts';
import { createRecordingReads, type RecordingReads } from './recording-reads.ts';
import type { OwnedPage } from './repositories/owned-page.ts';
import { type CachedTranscripts, cachedTranscripts } from './repositories/cached-transcripts.ts';
import { type SectionRepository, sectionRepository } from './repositories/section-repository.ts';
import { type SegmentFilter, type SegmentOwner } from './repositories/segment-repository.ts';
import { findWatched } from './repositories/task-repository.ts';
import type { VerificationCounts } from './repositories/transcript-repository.ts';

/** Reads of one request, batched; everything in them is of the viewer's workspace and of meetings it may see. */
export interface Reads extends HistoryReads, RecordingReads {
  readonly meeting: Loader<MeetingState>;
  readonly transcript: Loader<Transcript>;
  /** By meeting. */
  readonly currentTranscript: Loader<Transcript>;
  readonly section: Loader<Section>;
  readonly segment: Loader<Segment>;
  readonly speaker: Loader<Speaker>;
  /** By transcript. */
  readonly speakers: ReturnType<typeof createGroupLoader<Speaker>>;
  /** By section. */
  readonly verdicts: ReturnType<typeof createGroupLoader<SectionVerdict>>;
  /** By transcript. */
  readonly verification: Loader<VerificationCounts>;
  readonly task: Loader<TaskRow>;
  /** By transcript; the same page asked of many is read at once. */
  readonly sectionPages: (page: Page) => Loader<OwnedPage<Section>>;
  /** By owner; the same page asked of many is read at once. */
  readonly segmentPages: (
    owner: SegmentOwner,
    filter: SegmentFilter,
    page: Page,
  ) => Loader<OwnedPage<Segment>>;
  readonly awaiting: SectionRepository['awaiting'];
}

/** Builds the loaders of one request. */
export function createReads(
  deps: { readonly dataSource: DataSource; readonly access: MeetingAccess; readonly cache: Cache },
  viewer: Viewer,
): Reads {
  const { manager } = deps.dataSource;
  const cached = cachedTranscripts({ cache: deps.cache, manager }, viewer.workspaceId);
  const sections = sectionRepository(manager, viewer.workspaceId);
  const visible = createVisibleReads(deps.access, viewer, { cached, sections });
  return {
    ...visible,
    speakers: createGroupLoader(cached.speakersOf, ({ transcriptId }) => transcriptId),
    verdicts: createGroupLoader(cached.verdictsOn, ({ sectionId }) => sectionId),
    verification: createLoader(cached.verification, ({ transcriptId }) => transcriptId),
    task: createLoader(
      (ids) => findWatched(manager, viewer, ids),
      ({ id }) => id,
    ),
    ...createPageReads(cached, visible.section),
    ...createRecordingReads(manager, viewer, visible.meeting),
    ...createHistoryReads(manager, viewer.workspaceId),
    awaiting: sections.awaiting,
  };
}

interface Repositories {
  readonly cached: CachedTranscripts;
  readonly sections: SectionRepository;
}

type VisibleReads = Pick<
  Reads,
  'meeting' | 'transcript' | 'currentTranscript' | 'section' | 'segment' | 'speaker'
>;

function createVisibleReads(access: MeetingAccess, viewer: Viewer, repositories: Repositories): VisibleReads {
  const { cached, sections } = repositories;
  const meeting = createLoader(
    async (ids) => [...(await access.visible(viewer, ids)).values()],
    ({ id }) => id,
  );
  const ofVisibleMeetings = async (rows: readonly Transcript[]): Promise<Transcript[]> => {
    const meetings = await meeting.loadMany(rows.map(({ meetingId }) => meetingId));
    return rows.filter((_row, place) => isThere(meetings[place]));
  };
  const transcript = createLoader(
    async (ids) => ofVisibleMeetings(await cached.transcripts(ids)),
    ({ id }) => id,
  );
  const ofVisibleTranscripts = async <T extends { readonly transcriptId: string }>(
    rows: readonly T[],
  ): Promise<T[]> => {
    const found = await transcript.loadMany(rows.map(({ transcriptId }) => transcriptId));
    return rows.filter((_row, place) => isThere(found[place]));
  };
  return {
    meeting,
    transcript,
    currentTranscript: createLoader(
      async (meetingIds) => ofVisibleMeetings(await cached.currentOf(meetingIds)),
      ({ meetingId }) => meetingId,
    ),
    section: createLoader(
      async (ids) => ofVisibleTranscripts(await sections.find(ids)),
      ({ id }) => id,
    ),
    segment: createLoader(
      async (ids) => ofVisibleTranscripts(await cached.segments(ids)),
      ({ id }) => id,
    ),
    speaker: createLoader(
      async (ids) => ofVisibleTranscripts(await cached.speakers(ids)),
      ({ id }) => id,
    ),
  };
}

/** A loader hands out what failed as a value; whoever asks for one of these must hear of it. */
function isThere<T extends object>(loaded: T | Error | null | undefined): loaded is T {
  if (loaded instanceof Error) throw loaded;
  return loaded != null;
}

function createPageReads(
  cached: CachedTranscripts,
  section: Reads['section'],
): Pick<Reads, 'sectionPages' | 'segmentPages'> {
  const bySections = new Map<string, Loader<OwnedPage<Section>>>();
  const bySegments = new Map<string, Loader<OwnedPage<Segment>>>();
  return {
    sectionPages: (page) =>
      remembered(bySections, page, () =>
        createLoader(
          async (ids) => {
            const pages = await cached.sectionPages(ids, page);
            for (const row of pages.flatMap(({ rows }) => rows)) section.prime(row.id, row);
            return pages;
          },
          ({ ownerId }) => ownerId,
        ),
      ),
    segmentPages: (owner, filter, page) =>
      remembered(bySegments, { owner, filter, page }, () =>
        createLoader(
          async (ids) => {
            if (owner === 'transcript') return await cached.segmentPages({ owner, ids }, { filter, page });
            const found = await section.loadMany(ids);
            const transcripts = new Map(
              found.flatMap((one) => (isThere(one) ? [[one.id, one.transcriptId]] : [])),
            );
            const transcriptOf = (id: string): string => transcripts.get(id) ?? '';
            return await cached.segmentPages(
              { owner, ids: [...transcripts.keys()], transcriptOf },
              { filter, page },
            );
          },
          ({ ownerId }) => ownerId,
        ),
      ),
  };
}

function remembered<T>(known: Map<string, T>, wanted: object, create: () => T): T {
  const key = JSON.stringify(wanted);
  const value = known.get(key) ?? create();
  known.set(key, value);
  return value;
}
