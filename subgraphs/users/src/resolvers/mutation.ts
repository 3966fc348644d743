import { requireUser, type UserViewer } from '@hoerok/shared/auth';
import { payloadOf, type UserError } from '@hoerok/shared/graphql';
import type { Context } from '../context.ts';
import type { User } from '../entities/user.entity.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { Grant } from '../services/sessions.ts';

type AuthPayload = { [K in keyof Grant]: Grant[K] | null } & { userErrors: UserError[] };
type UserPayload = { user: User | null; userErrors: UserError[] };

const NO_GRANT = { accessToken: null, refreshToken: null, expiresAt: null, user: null };

function asGrant(work: () => Promise<Grant>): Promise<AuthPayload> {
  return payloadOf(NO_GRANT, work);
}

/** Runs a use case as the signed-in viewer and wraps the person it gives back. */
async function asPayload(
  context: Context,
  work: (viewer: UserViewer) => Promise<User>,
): Promise<UserPayload> {
  const viewer = requireUser(context.viewer);
  return await payloadOf({ user: null }, async () => ({ user: await work(viewer) }));
}

export const Mutation: MutationResolvers = {
  register: (_root, { input }, { services }) => asGrant(() => services.register(input)),
  signIn: (_root, args, { services }) => asGrant(() => services.signIn(args)),
  refreshSession: (_root, args, { services }) => asGrant(() => services.sessions.refresh(args)),
  signOut: async (_root, _args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ signedOut: false }, async () => {
      await services.sessions.signOut(user);
      return { signedOut: true };
    });
  },
  updateProfile: (_root, { input }, context) =>
    asPayload(context, (viewer) => context.services.updateProfile(viewer, input)),
  inviteUser: async (_root, args, { viewer, services }) => {
    const user = requireUser(viewer);
    return await payloadOf({ invitation: null, token: null }, () => services.inviteUser(user, args));
  },
  createUser: (_root, { input }, context) =>
    asPayload(context, (viewer) => context.services.members.create(viewer, input)),
  setUserRole: (_root, args, context) =>
    asPayload(context, (viewer) => context.services.members.setRole(viewer, args)),
  deactivateUser: (_root, { userId }, context) =>
    asPayload(context, (viewer) => context.services.members.deactivate(viewer, userId)),
};
