import { requireUser, requireViewer, type ServiceViewer, type Viewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { payloadOf, type UserError } from '@hoerok/shared/graphql';
import type { Context } from '../context.ts';
import type { MeetingShare } from '../entities/meeting-share.entity.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MutationResolvers, QueryResolvers } from '../generated/resolvers.ts';
import type { LinkedMeeting } from '../services/link-access.ts';
import type { Shared } from '../services/share-meeting.ts';

interface SharePayload {
  share: MeetingShare | null;
  meeting: Meeting | null;
  url: string | null;
  token: string | null;
  userErrors: UserError[];
}

const NOTHING = { share: null, meeting: null, url: null, token: null };

/** Wraps a share; with its link when it is for an address. */
async function asPayload(
  context: Context,
  work: () => Promise<Shared>,
  ended = false,
): Promise<SharePayload> {
  return await payloadOf(NOTHING, async () => {
    const { share, meeting } = await work();
    const { links } = context.services;
    const linked = { workspaceId: share.workspaceId, shareId: share.id };
    const link = share.email === null || ended ? null : linked;
    return {
      share,
      meeting,
      url: link === null ? null : links.urlOf(link),
      token: link === null ? null : links.tokenOf(link),
    };
  });
}

/** The viewer when it is a service: the gateway lets nobody else through, and neither does this. */
function requireService(viewer: Viewer | null): ServiceViewer {
  const known = requireViewer(viewer);
  if (known.kind === 'service') return known;
  throw new AppError('FORBIDDEN', 'This is for our own services.', { logLevel: 'debug' });
}

function linkOf({ share, meeting }: LinkedMeeting): { shareId: string; email: string; meetingId: string } {
  return { shareId: share.id, email: share.email ?? '', meetingId: meeting.id };
}

type Shares = 'shareMeeting' | 'changeShare' | 'revokeShare' | 'acceptShareLink';

export const shareMutations: Pick<MutationResolvers, Shares> = {
  shareMeeting: (_root, { input }, context) => {
    const viewer = requireUser(context.viewer);
    return asPayload(context, () => context.services.shareMeeting.share(viewer, input));
  },
  changeShare: (_root, { input }, context) => {
    const viewer = requireUser(context.viewer);
    return asPayload(context, () => context.services.shareMeeting.change(viewer, input));
  },
  revokeShare: (_root, { shareId }, context) => {
    const viewer = requireUser(context.viewer);
    return asPayload(context, () => context.services.shareMeeting.revoke(viewer, shareId), true);
  },
  acceptShareLink: (_root, args, { viewer, services }) => {
    const service = requireService(viewer);
    return payloadOf({ link: null }, async () => ({
      link: linkOf(await services.linkAccess.accept(service, args)),
    }));
  },
};

export const shareQueries: Pick<QueryResolvers, 'shareInvitation' | 'shareLink'> = {
  shareInvitation: async (_root, { shareId }, { viewer, services }) => {
    const service = requireService(viewer);
    const found = await services.linkAccess.invitation(service, shareId);
    if (found === null) return null;
    const { share, meeting } = found;
    const linked = { workspaceId: share.workspaceId, shareId: share.id };
    const url = share.email === null ? null : services.links.urlOf(linked);
    return { share, meetingId: meeting.id, title: meeting.title, url };
  },
  shareLink: async (_root, { token }, { viewer, services }) => {
    const linked = await services.linkAccess.ofLink(requireService(viewer), token);
    return linked === null ? null : linkOf(linked);
  },
};
