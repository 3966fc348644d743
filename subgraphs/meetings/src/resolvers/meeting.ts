import { connectionOf, decodePage } from '@hoerok/shared/graphql';
import { BUILT_IN_TEMPLATES } from '../domain/template.ts';
import { isClosed } from '../domain/meeting-status.ts';
import type { MeetingResolvers } from '../generated/resolvers.ts';
import { mayEdit } from '../services/change-meeting.ts';
import { mayDelete } from '../services/delete-meeting.ts';

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
  viewerCan: (meeting, _args, { viewer }) => {
    const edit = viewer?.kind === 'user' && mayEdit(viewer, meeting);
    const open = !isClosed(meeting.status);
    return {
      edit: edit && open,
      start: edit && meeting.status === 'SCHEDULED',
      end: edit && meeting.status === 'LIVE',
      importTranscript: viewer?.kind === 'user' && viewer.role !== 'GUEST' && meeting.status !== 'CANCELED',
      delete: viewer?.kind === 'user' && mayDelete(viewer, meeting) && meeting.status !== 'LIVE',
    };
  },
};
