import { AppError } from '@hoerok/shared/errors';
import type { Context } from '../context.ts';
import type { ItemKind } from '../domain/review.ts';
import type { Evidence as EvidenceRow } from '../entities/evidence.entity.ts';
import type { MinutesItem as MinutesItemRow } from '../entities/minutes-item.entity.ts';
import type {
  ActionItemResolvers,
  DecisionResolvers,
  EvidenceResolvers,
  MinutesItemResolvers,
  OpenQuestionResolvers,
  ScheduleSuggestionResolvers,
  SummaryPointResolvers,
} from '../generated/resolvers.ts';

const TYPES = {
  POINT: 'SummaryPoint',
  DECISION: 'Decision',
  QUESTION: 'OpenQuestion',
  ACTION: 'ActionItem',
  SCHEDULE: 'ScheduleSuggestion',
} as const satisfies Record<ItemKind, string>;

const evidence = async (
  { id }: MinutesItemRow,
  _args: object,
  { reads }: Context,
): Promise<readonly EvidenceRow[]> => (await reads?.evidence.load(id)) ?? [];

export const MinutesItem: MinutesItemResolvers = { __resolveType: ({ kind }) => TYPES[kind] };
export const SummaryPoint: SummaryPointResolvers = { evidence };
export const Decision: DecisionResolvers = { evidence };
export const OpenQuestion: OpenQuestionResolvers = { evidence };

export const ActionItem: ActionItemResolvers = {
  __resolveReference: async ({ id }, { reads }) => {
    const item = await reads?.item.load(id);
    return item?.kind === 'ACTION' ? item : null;
  },
  evidence,
  suggestedAssignee: ({ assigneeId }) =>
    assigneeId === null ? null : { __typename: 'User', id: assigneeId },
  meeting: ({ meetingId }) => ({ __typename: 'Meeting', id: meetingId }),
  minutes: async ({ minutesId }, _args, { reads }) => {
    const minutes = await reads?.minutes.load(minutesId);
    if (minutes == null) throw new AppError('NOT_FOUND', 'The minutes are not there any more.');
    return minutes;
  },
};

/** The row has what its kind needs: nothing else writes one. */
function appointment<T>(value: T | null): T {
  if (value !== null) return value;
  throw new AppError('INTERNAL', 'An appointment without its time.');
}

export const ScheduleSuggestion: ScheduleSuggestionResolvers = {
  evidence,
  title: ({ title }) => appointment(title),
  startsAt: ({ startsAt }) => appointment(startsAt),
  allDay: ({ allDay }) => allDay === true,
  attendees: ({ attendeeIds }) => (attendeeIds ?? []).map((id) => ({ __typename: 'User', id })),
  icalUid: ({ icalUid }) => appointment(icalUid),
  meeting: ({ meetingId }) => ({ __typename: 'Meeting', id: meetingId }),
};

export const Evidence: EvidenceResolvers = {
  stale: async ({ segmentId, segmentRevision }, _args, { reads }) =>
    ((await reads?.editedSegment.load(segmentId))?.revision ?? 0) > segmentRevision,
  segment: ({ segmentId }) => ({ __typename: 'TranscriptSegment', id: segmentId }),
};
