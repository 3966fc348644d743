import type { MeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import { createGroupLoader, createLoader, type Loader, type Page } from '@hoerok/shared/graphql';
import type { TaskRow } from '@hoerok/shared/tasks';
import type { DataSource } from 'typeorm';
import type { SectionVerdict } from './entities/section-verdict.entity.ts';
import type { Section } from './entities/section.entity.ts';
import type { Segment } from './entities/segment.entity.ts';
import type { Speaker } from './entities/speaker.entity.ts';
import type { Transcript } from './entities/transcript.entity.ts';
import type { OwnedPage } from './repositories/owned-page.ts';
import { type SectionRepository, sectionRepository } from './repositories/section-repository.ts';
import {
  type SegmentFilter,
  type SegmentOwner,
  type SegmentRepository,
  segmentRepository,
} from './repositories/segment-repository.ts';
import { findWatched } from './repositories/task-repository.ts';
import {
  type TranscriptRepository,
  transcriptRepository,
  type VerificationCounts,
} from './repositories/transcript-repository.ts';
import { verdictRepository } from './repositories/verdict-repository.ts';

/** Reads of one request, batched; everything in them is of the viewer's workspace and of meetings it may see. */
export interface Reads {
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
  deps: { readonly dataSource: DataSource; readonly access: MeetingAccess },
  viewer: Viewer,
): Reads {
  const { manager } = deps.dataSource;
  const transcripts = transcriptRepository(manager, viewer.workspaceId);
  const sections = sectionRepository(manager, viewer.workspaceId);
  const segments = segmentRepository(manager, viewer.workspaceId);
  const verdicts = verdictRepository(manager, viewer.workspaceId);
  const visible = createVisibleReads(deps.access, viewer, { transcripts, sections, segments });
  return {
    ...visible,
    speakers: createGroupLoader(transcripts.speakersOf, ({ transcriptId }) => transcriptId),
    verdicts: createGroupLoader(verdicts.of, ({ sectionId }) => sectionId),
    verification: createLoader(transcripts.countVerification, ({ transcriptId }) => transcriptId),
    task: createLoader(
      (ids) => findWatched(manager, viewer, ids),
      ({ id }) => id,
    ),
    ...createPageReads(sections, segments),
    awaiting: sections.awaiting,
  };
}

interface Repositories {
  readonly transcripts: TranscriptRepository;
  readonly sections: SectionRepository;
  readonly segments: SegmentRepository;
}

type VisibleReads = Pick<
  Reads,
  'meeting' | 'transcript' | 'currentTranscript' | 'section' | 'segment' | 'speaker'
>;

function createVisibleReads(access: MeetingAccess, viewer: Viewer, repositories: Repositories): VisibleReads {
  const { transcripts, sections, segments } = repositories;
  const meeting = createLoader(
    async (ids) => [...(await access.visible(viewer, ids)).values()],
    ({ id }) => id,
  );
  const ofVisibleMeetings = async (rows: readonly Transcript[]): Promise<Transcript[]> => {
    const meetings = await meeting.loadMany(rows.map(({ meetingId }) => meetingId));
    return rows.filter((_row, place) => isThere(meetings[place]));
  };
  const transcript = createLoader(
    async (ids) => ofVisibleMeetings(await transcripts.find(ids)),
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
      async (meetingIds) => ofVisibleMeetings(await transcripts.findCurrent(meetingIds)),
      ({ meetingId }) => meetingId,
    ),
    section: createLoader(
      async (ids) => ofVisibleTranscripts(await sections.find(ids)),
      ({ id }) => id,
    ),
    segment: createLoader(
      async (ids) => ofVisibleTranscripts(await segments.find(ids)),
      ({ id }) => id,
    ),
    speaker: createLoader(
      async (ids) => ofVisibleTranscripts(await transcripts.findSpeakers(ids)),
      ({ id }) => id,
    ),
  };
}

/** A loader hands out what failed as a value; whoever asks for one of these must hear of it. */
function isThere(loaded: object | null | undefined): boolean {
  if (loaded instanceof Error) throw loaded;
  return loaded != null;
}

function createPageReads(
  sections: SectionRepository,
  segments: SegmentRepository,
): Pick<Reads, 'sectionPages' | 'segmentPages'> {
  const bySections = new Map<string, Loader<OwnedPage<Section>>>();
  const bySegments = new Map<string, Loader<OwnedPage<Segment>>>();
  return {
    sectionPages: (page) =>
      remembered(bySections, page, () =>
        createLoader(
          (ids) => sections.pagesOf(ids, page),
          ({ ownerId }) => ownerId,
        ),
      ),
    segmentPages: (owner, filter, page) =>
      remembered(bySegments, { owner, filter, page }, () =>
        createLoader(
          (ids) => segments.pagesOf(owner, ids, { filter, page }),
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
