import type { AgendaItemResolvers, ParticipantResolvers } from '../generated/resolvers.ts';

export const Participant: ParticipantResolvers = {
  user: ({ userId }) => (userId === null ? null : { __typename: 'User', id: userId }),
};

export const AgendaItem: AgendaItemResolvers = {
  owner: ({ ownerId }) => (ownerId === null ? null : { __typename: 'User', id: ownerId }),
};
