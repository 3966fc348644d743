import { requireUser } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { renderMinutes } from '../domain/minutes-markdown.ts';
import type { ItemKind } from '../domain/review.ts';
import type { Context } from '../context.ts';
import type { Minutes as MinutesRow } from '../entities/minutes.entity.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import type { KeywordResolvers, MinutesResolvers } from '../generated/resolvers.ts';
import { readableMinutes } from '../services/readable-minutes.ts';
import { provenance } from './language-model.ts';

const MAX_KEYWORDS = 50;

export const Minutes: MinutesResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.minutes.load(id)) ?? null,
  meeting: ({ meetingId }) => ({ __typename: 'Meeting', id: meetingId }),
  transcript: ({ transcriptId }) => ({ __typename: 'Transcript', id: transcriptId }),
  extractive: ({ providerModel }) => providerModel === null,
  ...provenance,
  outdated: async ({ transcriptId, transcriptRevision }, _args, { reads }) =>
    ((await reads?.transcript.load(transcriptId))?.revision ?? 0) > transcriptRevision,
  points: (minutes, _args, context) => itemsOf(context, minutes, 'POINT'),
  decisions: (minutes, _args, context) => itemsOf(context, minutes, 'DECISION'),
  openQuestions: (minutes, _args, context) => itemsOf(context, minutes, 'QUESTION'),
  actionItems: (minutes, _args, context) => itemsOf(context, minutes, 'ACTION'),
  schedule: async (minutes, _args, context) =>
    (await itemsOf(context, minutes, 'SCHEDULE')).toSorted(
      (left, right) => (left.startsAt?.getTime() ?? 0) - (right.startsAt?.getTime() ?? 0),
    ),
  keywords: async ({ id }, { first }, { reads }) => {
    const limit = first ?? 10;
    if (limit < 1 || limit > MAX_KEYWORDS)
      throw new AppError('BAD_INPUT', `first: takes 1 to ${MAX_KEYWORDS}.`, {
        extensions: { path: ['first'] },
      });
    return ((await reads?.keywords.load(id)) ?? []).slice(0, limit);
  },
  markdown: (minutes, _args, context) => toMarkdown(context, minutes),
  export: async (minutes, { format }, { viewer, services, reads }) => {
    const meeting = await reads?.meeting.load(minutes.meetingId);
    if (meeting == null) throw new AppError('NOT_FOUND', 'The meeting is not there any more.');
    return services.exportMinutes(requireUser(viewer), { minutes, meeting, format });
  },
};

export const Keyword: KeywordResolvers = {
  segments: ({ segmentIds }) => segmentIds.map((id) => ({ __typename: 'TranscriptSegment', id })),
};

async function itemsOf({ reads }: Context, { id }: MinutesRow, kind: ItemKind): Promise<MinutesItem[]> {
  return ((await reads?.itemsOfMinutes.load(id)) ?? []).filter((item) => item.kind === kind);
}

async function toMarkdown(context: Context, minutes: MinutesRow): Promise<string> {
  const meeting = await context.reads?.meeting.load(minutes.meetingId);
  if (meeting == null) throw new AppError('NOT_FOUND', 'The meeting is not there any more.');
  const items = (await context.reads?.itemsOfMinutes.load(minutes.id)) ?? [];
  const evidence = await Promise.all(
    items.map(async ({ id }) => (await context.reads?.evidence.load(id)) ?? []),
  );
  return renderMinutes(readableMinutes(minutes, { meeting, items, evidence: evidence.flat() }));
}
