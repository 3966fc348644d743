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
  SummaryPointResolvers,
} from '../generated/resolvers.ts';

const TYPES = {
  POINT: 'SummaryPoint',
  DECISION: 'Decision',
  QUESTION: 'OpenQuestion',
  ACTION: 'ActionItem',
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

export const Evidence: EvidenceResolvers = {
  segment: ({ segmentId }) => ({ __typename: 'TranscriptSegment', id: segmentId }),
};
