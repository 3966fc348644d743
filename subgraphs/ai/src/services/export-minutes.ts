import type { MeetingAccess } from '@hoerok/shared/access';
import type { MeetingState } from '@hoerok/shared/contracts';
import { AppError } from '@hoerok/shared/errors';
import { createExports, type Exports, type ExportsPlatform, type FileBody } from '@hoerok/shared/exports';
import type { DataSource } from 'typeorm';
import { composeDocument } from '../domain/minutes-document.ts';
import { writeDocx } from '../domain/minutes-docx.ts';
import { writeCalendar } from '../domain/minutes-ics.ts';
import { renderMinutes } from '../domain/minutes-markdown.ts';
import type { Minutes } from '../entities/minutes.entity.ts';
import { findWholeMinutes, type WholeMinutes } from '../repositories/minutes-repository.ts';
import { minutesJson } from './minutes-json.ts';
import { readableMinutes } from './readable-minutes.ts';

const FORMATS = {
  MARKDOWN: { extension: 'md', mimeType: 'text/markdown; charset=utf-8' },
  DOCX: {
    extension: 'docx',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  JSON: { extension: 'json', mimeType: 'application/json; charset=utf-8' },
  ICS: { extension: 'ics', mimeType: 'text/calendar; charset=utf-8' },
} as const;

/** A form in which minutes can be taken along. */
export type MinutesExportFormat = keyof typeof FORMATS;

/** What {@link createMinutesExports} needs. */
export interface MinutesExportsDeps extends ExportsPlatform {
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
}

/** Minutes and their meeting. */
interface OfMeeting {
  readonly minutes: Minutes;
  readonly meeting: MeetingState;
}

/** Links to minutes as files, and what answers the links. */
export type MinutesExports = Exports<OfMeeting, MinutesExportFormat>;

/** Builds {@link MinutesExports}: whoever uses a link is asked again what they may see. */
export function createMinutesExports(deps: MinutesExportsDeps): MinutesExports {
  return createExports({
    ...deps,
    formats: FORMATS,
    describe: ({ minutes: { id, language, revision }, meeting }) => {
      const what = language.startsWith('ko') ? '회의록' : 'minutes';
      return { id, name: `${meeting.title} – ${what} ${revision}` };
    },
    write: async (viewer, { id, format }) => {
      const whole = await findWholeMinutes(deps.dataSource, viewer.workspaceId, id);
      if (whole === null)
        throw new AppError('NOT_FOUND', 'The minutes are not there any more.', { logLevel: 'debug' });
      const { minutes } = whole;
      const meeting = await deps.access.require(viewer, minutes.meetingId);
      return { minutes, meeting, body: await bodyOf(meeting, whole, format) };
    },
  });
}

async function bodyOf(
  meeting: MeetingState,
  whole: WholeMinutes,
  format: MinutesExportFormat,
): Promise<FileBody> {
  const { minutes } = whole;
  const readable = readableMinutes(minutes, { meeting, ...whole });
  switch (format) {
    case 'MARKDOWN':
      return renderMinutes(readable);
    case 'DOCX':
      return await writeDocx(composeDocument(readable), minutes.language);
    case 'JSON':
      return `${JSON.stringify(minutesJson(meeting, whole), null, 2)}\n`;
    case 'ICS':
      return writeCalendar(meeting, acceptedAppointments(whole), minutes.generatedAt);
  }
}

function acceptedAppointments({ items, evidence }: WholeMinutes): Parameters<typeof writeCalendar>[1] {
  return items.flatMap(({ id, review, title, startsAt, icalUid, allDay, ...item }) => {
    const accepted = review === 'ACCEPTED' || review === 'EDITED';
    if (!accepted || title === null || startsAt === null || icalUid === null) return [];
    const quotes = evidence.filter(({ itemId }) => itemId === id);
    return [{ ...item, title, startsAt, icalUid, allDay: allDay === true, evidence: quotes }];
  });
}
