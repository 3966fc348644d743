import { Readable } from 'node:stream';
import type { MeetingAccess } from '@hoerok/shared/access';
import type { MeetingState } from '@hoerok/shared/contracts';
import { createExports, type Exports, type ExportsPlatform } from '@hoerok/shared/exports';
import type { DataSource } from 'typeorm';
import {
  type ExportedSegment,
  TRANSCRIPT_FORMATS,
  type TranscriptFormat,
  writeTranscript,
} from '../domain/transcript-file.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { findWholeTranscript, type StoredSegment } from '../repositories/export-repository.ts';
import { namesOfUsers } from './name-speakers.ts';
import { refusal } from './refusals.ts';

/** What {@link createTranscriptExports} needs. */
export interface TranscriptExportsDeps extends ExportsPlatform {
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
}

/** A transcript and its meeting. */
interface OfMeeting {
  readonly transcript: Transcript;
  readonly meeting: MeetingState;
}

/** Links to transcripts as files, and what answers the links. */
export type TranscriptExports = Exports<OfMeeting, TranscriptFormat>;

/** Builds {@link TranscriptExports}: whoever uses a link is asked again what they may see. */
export function createTranscriptExports(deps: TranscriptExportsDeps): TranscriptExports {
  return createExports({
    ...deps,
    formats: TRANSCRIPT_FORMATS,
    describe: ({ transcript: { id, language }, meeting }) => {
      return { id, name: `${meeting.title} – ${language.startsWith('ko') ? '녹취록' : 'transcript'}` };
    },
    write: async (viewer, { id, format }) => {
      const whole = await findWholeTranscript(deps.dataSource, viewer.workspaceId, id);
      if (whole === null) throw refusal('NOT_FOUND', 'The transcript is not there any more.', []);
      const { transcript } = whole;
      const meeting = await deps.access.require(viewer, transcript.meetingId);
      const segments = await withNames(deps, viewer.workspaceId, whole.segments);
      const { revision, language } = transcript;
      const exported = { id, revision, language, meetingId: meeting.id, title: meeting.title, segments };
      return { transcript, meeting, body: Readable.from(writeTranscript(exported, format)) };
    },
  });
}

/** Readers know people, not labels: where a speaker was assigned to somebody, the name is written. */
async function withNames(
  { gateway }: TranscriptExportsDeps,
  workspaceId: string,
  segments: readonly StoredSegment[],
): Promise<ExportedSegment[]> {
  const ids = new Set(segments.flatMap(({ userId }) => userId ?? []));
  const names = await namesOfUsers(gateway, { workspaceId, ids: [...ids] });
  return segments.map(({ userId, ...segment }) => {
    const speaker = (userId === null ? undefined : names.get(userId)) ?? segment.speakerLabel;
    return { ...segment, speaker };
  });
}
