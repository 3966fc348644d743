import type { MeetingAccess } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { ServiceConfig } from '@hoerok/shared/config';
import type { MeetingState } from '@hoerok/shared/contracts';
import { AppError } from '@hoerok/shared/errors';
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
import { composeDocument } from '../domain/minutes-document.ts';
import { writeDocx } from '../domain/minutes-docx.ts';
import { writeCalendar } from '../domain/minutes-ics.ts';
import { renderMinutes } from '../domain/minutes-markdown.ts';
import type { Minutes } from '../entities/minutes.entity.ts';
import { minutesRepository, type WholeMinutes } from '../repositories/minutes-repository.ts';
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

const exportFormat = z.enum(Object.keys(FORMATS) as [MinutesExportFormat, ...MinutesExportFormat[]]);

/** What {@link createMinutesExports} needs. */
export interface MinutesExportsDeps extends Omit<ExportsDeps, 'write' | 'signingKeys'> {
  readonly config: Pick<ServiceConfig, 'INTERNAL_SIGNING_KEYS'>;
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
}

/** Minutes that the viewer may see, and the format they are wanted in. */
export interface WantedMinutes {
  readonly minutes: Minutes;
  readonly meeting: MeetingState;
  readonly format: MinutesExportFormat;
}

/** Links to minutes as files, and what answers the links. */
export interface MinutesExports {
  readonly link: (viewer: UserViewer, wanted: WantedMinutes) => ExportLink;
  readonly route: HttpHandler;
}

/** Builds {@link MinutesExports}: whoever uses a link is asked again what they may see. */
export function createMinutesExports(deps: MinutesExportsDeps): MinutesExports {
  const exports = createExports({
    ...deps,
    signingKeys: deps.config.INTERNAL_SIGNING_KEYS,
    write: async (viewer, { id, format }) => {
      const { meeting, ...whole } = await requireWhole(deps, viewer, id);
      const wanted = { minutes: whole.minutes, meeting, format: exportFormat.parse(format) };
      return { ...named(wanted), body: await bodyOf(wanted, whole) };
    },
  });
  return {
    link: (viewer, wanted) =>
      exports.link(viewer, { id: wanted.minutes.id, format: wanted.format }, named(wanted)),
    route: exports.route,
  };
}

function named({ minutes, meeting, format }: WantedMinutes): Pick<ExportedFile, 'filename' | 'mimeType'> {
  const { extension, mimeType } = FORMATS[format];
  const what = minutes.language.startsWith('ko') ? '회의록' : 'minutes';
  return { filename: safeFileName(`${meeting.title} – ${what} ${minutes.revision}`, extension), mimeType };
}

async function requireWhole(
  { dataSource, access }: MinutesExportsDeps,
  viewer: UserViewer,
  id: string,
): Promise<WholeMinutes & { readonly meeting: MeetingState }> {
  const repository = minutesRepository(dataSource.manager, viewer.workspaceId);
  const [minutes] = await repository.find([id]);
  if (minutes === undefined)
    throw new AppError('NOT_FOUND', 'The minutes are not there any more.', { logLevel: 'debug' });
  const meeting = await access.require(viewer, minutes.meetingId);
  const items = await repository.itemsOf([id]);
  const [evidence, keywords] = await Promise.all([
    repository.evidenceOf(items.map((item) => item.id)),
    repository.keywordsOf([id]),
  ]);
  return { minutes, items, evidence, keywords, meeting };
}

async function bodyOf(
  { minutes, meeting, format }: WantedMinutes,
  whole: WholeMinutes,
): Promise<ExportedFile['body']> {
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
