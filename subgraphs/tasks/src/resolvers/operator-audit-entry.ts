import type { OperatorAuditEntryResolvers } from '../generated/resolvers.ts';

export const OperatorAuditEntry: OperatorAuditEntryResolvers = {
  actor: ({ actorId }) => ({ __typename: 'User', id: actorId }),
};
