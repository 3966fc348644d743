import { AppError } from '@hoerok/shared/errors';
import { type MarkdownItem, renderMinutes } from '../domain/minutes-markdown.ts';
import type { ItemKind } from '../domain/review.ts';
import type { Context } from '../context.ts';
import type { Minutes as MinutesRow } from '../entities/minutes.entity.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import type { KeywordResolvers, MinutesResolvers } from '../generated/resolvers.ts';
import { LOCAL_PROVIDER } from '../services/store-minutes.ts';

const MAX_KEYWORDS = 50;

export const Minutes: MinutesResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.minutes.load(id)) ?? null,
  meeting: ({ meetingId }) => ({ __typename: 'Meeting', id: meetingId }),
  transcript: ({ transcriptId }) => ({ __typename: 'Transcript', id: transcriptId }),
  extractive: ({ provider }) => provider === LOCAL_PROVIDER,
  outdated: async ({ transcriptId, transcriptRevision }, _args, { reads }) =>
    ((await reads?.transcript.load(transcriptId))?.revision ?? 0) > transcriptRevision,
  points: (minutes, _args, context) => itemsOf(context, minutes, 'POINT'),
  decisions: (minutes, _args, context) => itemsOf(context, minutes, 'DECISION'),
  openQuestions: (minutes, _args, context) => itemsOf(context, minutes, 'QUESTION'),
  actionItems: (minutes, _args, context) => itemsOf(context, minutes, 'ACTION'),
  keywords: async ({ id }, { first }, { reads }) => {
    const limit = first ?? 10;
    if (limit < 1 || limit > MAX_KEYWORDS)
      throw new AppError('BAD_INPUT', `first: takes 1 to ${MAX_KEYWORDS}.`, {
        extensions: { path: ['first'] },
      });
    return ((await reads?.keywords.load(id)) ?? []).slice(0, limit);
  },
  markdown: (minutes, _args, context) => toMarkdown(context, minutes),
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
  const section = async (kind: ItemKind): Promise<MarkdownItem[]> =>
    await Promise.all(
      (await itemsOf(context, minutes, kind)).map(async (item) => {
        return { ...item, evidence: (await context.reads?.evidence.load(item.id)) ?? [] };
      }),
    );
  const [points, decisions, actionItems, openQuestions] = await Promise.all([
    section('POINT'),
    section('DECISION'),
    section('ACTION'),
    section('QUESTION'),
  ]);
  return renderMinutes({
    ...minutes,
    title: meeting.title,
    startedAt: new Date(meeting.startedAt ?? meeting.scheduledStart),
    timeZone: meeting.timeZone,
    points,
    decisions,
    actionItems,
    openQuestions,
  });
}
