import type { Viewer } from '@hoerok/shared/auth';
import { connectionOf, decodePage } from '@hoerok/shared/graphql';
import { BUILT_IN_TEMPLATES } from '../domain/template.ts';
import { isClosed } from '../domain/meeting-status.ts';
import { isLive, mayShare } from '../domain/share.ts';
import type { Meeting as MeetingRow } from '../entities/meeting.entity.ts';
import type { MeetingResolvers } from '../generated/resolvers.ts';
import { permissionsOf } from '../services/permissions.ts';

/** Services have to know who may see a meeting; of people, those who may share it. */
function seesShares(viewer: Viewer | null, meeting: MeetingRow): boolean {
  return viewer !== null && (viewer.kind === 'service' || mayShare(viewer, meeting));
}

export const Meeting: MeetingResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.meeting.load(id)) ?? null,
  closed: ({ status }) => isClosed(status),
  organizer: ({ organizerId }) => ({ __typename: 'User', id: organizerId }),
  template: async ({ templateId }, _args, { reads }) => {
    const templates = [...BUILT_IN_TEMPLATES, ...((await reads?.savedTemplates()) ?? [])];
    return templates.find(({ id }) => id === templateId) ?? null;
  },
  agenda: async ({ id }, _args, { reads }) => (await reads?.agenda.load(id)) ?? [],
  participants: async ({ id }, args, { reads }) => {
    const page = decodePage(args);
    const all = (await reads?.participants.load(id)) ?? [];
    const after = Number(page.after?.[0] ?? -1);
    const rows = all.filter(({ position }) => position > after);
    return connectionOf(rows, page, { totalCount: all.length, keyOf: ({ position }) => [position] });
  },
  viewerCan: async (meeting, _args, { viewer, reads, now }) => {
    const participants = (await reads?.participants.load(meeting.id)) ?? [];
    const shares = (await reads?.shares.load(meeting.id)) ?? [];
    return permissionsOf(viewer, meeting, { participants, shares, now });
  },
  shares: async (meeting, args, { viewer, reads }) => {
    if (!seesShares(viewer, meeting)) return null;
    const page = decodePage(args);
    const all = (await reads?.shares.load(meeting.id)) ?? [];
    const rows = all.filter(({ id }) => id > (page.after?.[0] ?? ''));
    return connectionOf(rows, page, { totalCount: all.length, keyOf: ({ id }) => [id] });
  },
  sharedWithViewer: async ({ id }, _args, { viewer, reads, now }) => {
    if (viewer?.kind !== 'user') return null;
    const participants = (await reads?.participants.load(id)) ?? [];
    if (participants.some(({ userId }) => userId === viewer.userId)) return null;
    const shares = (await reads?.shares.load(id)) ?? [];
    return shares.find((share) => share.userId === viewer.userId && isLive(share, now)) ?? null;
  },
  shareHistory: async (meeting, _args, { viewer, reads }) =>
    seesShares(viewer, meeting) ? [...((await reads?.shareHistory.load(meeting.id)) ?? [])] : null,
};
