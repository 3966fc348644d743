import { requireSession, type UserViewer } from '@hoerok/shared/auth';
import { acrossWorkspaces } from '@hoerok/shared/database';
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

/** An address, an invitation or a token is looked for in all workspaces: it alone says of which one somebody is. */
function entering(work: () => Promise<Grant>): Promise<AuthPayload> {
  return asGrant(() => acrossWorkspaces(work));
}

// Nothing in this subgraph is for API keys to change: who has one must not make itself people, sessions or other keys.

/** Runs a use case as the signed-in viewer and wraps the person it gives back. */
async function asPayload(
  context: Context,
  work: (viewer: UserViewer) => Promise<User>,
): Promise<UserPayload> {
  const viewer = requireSession(context.viewer);
  return await payloadOf({ user: null }, async () => ({ user: await work(viewer) }));
}

export const Mutation: MutationResolvers = {
  register: (_root, { input }, { services }) => entering(() => services.register(input)),
  signIn: (_root, args, { services }) => entering(() => services.signIn(args)),
  openShare: (_root, args, { services }) => entering(() => services.openShare(args)),
  refreshSession: (_root, args, { services }) => entering(() => services.sessions.refresh(args)),
  signOut: async (_root, _args, { viewer, services }) => {
    const user = requireSession(viewer);
    return await payloadOf({ signedOut: false }, async () => {
      await services.sessions.signOut(user);
      return { signedOut: true };
    });
  },
  changePassword: (_root, args, { viewer, services }) => {
    const user = requireSession(viewer);
    return asGrant(() => services.changePassword(user, args));
  },
  createApiKey: async (_root, args, { viewer, services }) => {
    const user = requireSession(viewer);
    return await payloadOf({ apiKey: null, secret: null }, () => services.apiKeys.create(user, args));
  },
  revokeApiKey: async (_root, { id }, { viewer, services }) => {
    const user = requireSession(viewer);
    return await payloadOf({ apiKey: null }, async () => ({
      apiKey: await services.apiKeys.revoke(user, id),
    }));
  },
  updateProfile: (_root, { input }, context) =>
    asPayload(context, (viewer) => context.services.updateProfile(viewer, input)),
  inviteUser: async (_root, args, { viewer, services }) => {
    const user = requireSession(viewer);
    return await payloadOf({ invitation: null, token: null }, () => services.inviteUser(user, args));
  },
  createUser: (_root, { input }, context) =>
    asPayload(context, (viewer) => context.services.members.create(viewer, input)),
  setUserRole: (_root, args, context) =>
    asPayload(context, (viewer) => context.services.members.setRole(viewer, args)),
  deactivateUser: (_root, { userId }, context) =>
    asPayload(context, (viewer) => context.services.members.deactivate(viewer, userId)),
};
