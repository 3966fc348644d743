import { Readable } from 'node:stream';
import type { MeetingAccess } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { ServiceConfig } from '@hoerok/shared/config';
import type { MeetingState } from '@hoerok/shared/contracts';
import {
  createExports,
  type ExportedFile,
  type ExportLink,
  type ExportsDeps,
  safeFileName,
} from '@hoerok/shared/exports';
import type { HttpHandler } from '@hoerok/shared/http';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { TRANSCRIPT_FORMATS, type TranscriptFormat, writeTranscript } from '../domain/transcript-file.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { findWholeTranscript } from '../repositories/export-repository.ts';
import { refusal } from './refusals.ts';

const exportFormat = z.enum(Object.keys(TRANSCRIPT_FORMATS) as [TranscriptFormat, ...TranscriptFormat[]]);

/** What {@link createTranscriptExports} needs. */
export interface TranscriptExportsDeps extends Omit<ExportsDeps, 'write' | 'signingKeys'> {
  readonly config: Pick<ServiceConfig, 'INTERNAL_SIGNING_KEYS'>;
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
}

/** A transcript that the viewer may see, and the format it is wanted in. */
export interface WantedTranscript {
  readonly transcript: Transcript;
  readonly meeting: MeetingState;
  readonly format: TranscriptFormat;
}

/** Links to transcripts as files, and what answers the links. */
export interface TranscriptExports {
  readonly link: (viewer: UserViewer, wanted: WantedTranscript) => ExportLink;
  readonly route: HttpHandler;
}

/** Builds {@link TranscriptExports}: whoever uses a link is asked again what they may see. */
export function createTranscriptExports(deps: TranscriptExportsDeps): TranscriptExports {
  const exports = createExports({
    ...deps,
    signingKeys: deps.config.INTERNAL_SIGNING_KEYS,
    write: async (viewer, { id, format }) => {
      const whole = await findWholeTranscript(deps.dataSource, viewer.workspaceId, id);
      if (whole === null) throw refusal('NOT_FOUND', 'The transcript is not there any more.', []);
      const { transcript, segments } = whole;
      const meeting = await deps.access.require(viewer, transcript.meetingId);
      const wanted = { transcript, meeting, format: exportFormat.parse(format) };
      const { revision, language } = transcript;
      const exported = { id, revision, language, meetingId: meeting.id, title: meeting.title, segments };
      return { ...named(wanted), body: Readable.from(writeTranscript(exported, wanted.format)) };
    },
  });
  return {
    link: (viewer, wanted) =>
      exports.link(viewer, { id: wanted.transcript.id, format: wanted.format }, named(wanted)),
    route: exports.route,
  };
}

function named({
  transcript,
  meeting,
  format,
}: WantedTranscript): Pick<ExportedFile, 'filename' | 'mimeType'> {
  const { extension, mimeType } = TRANSCRIPT_FORMATS[format];
  const what = transcript.language.startsWith('ko') ? '녹취록' : 'transcript';
  return { filename: safeFileName(`${meeting.title} – ${what}`, extension), mimeType };
}
