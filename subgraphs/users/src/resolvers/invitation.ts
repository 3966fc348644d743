import type { InvitationResolvers } from '../generated/resolvers.ts';

export const Invitation: InvitationResolvers = {
  invitedBy: async ({ invitedById }, _args, { reads }) => (await reads?.user.load(invitedById)) ?? null,
};
