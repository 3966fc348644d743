import { connectionOf, decodePage } from '@hoerok/shared/graphql';
import { requireViewer } from '@hoerok/shared/auth';
import { BUILT_IN_TEMPLATES } from '../domain/template.ts';
import type { Context } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { Connection, PageArgs } from '@hoerok/shared/graphql';
import { z } from 'zod';
import type { MeetingFilter } from '../repositories/list-meetings.ts';
import { shareQueries } from './share-mutation.ts';
import { workspaceStatistics } from './statistics.ts';

export const Query: QueryResolvers = {
  workspaceStatistics,
  ...shareQueries,
  meeting: async (_root, { id }, { reads }) => (await reads?.meeting.load(id)) ?? null,
  meetings: (_root, args, context) => listMeetings(context, args),
  meetingTemplates: async (_root, _args, context) => {
    requireViewer(context.viewer);
    return [...BUILT_IN_TEMPLATES, ...((await context.reads?.savedTemplates()) ?? [])];
  },
};

const meetingKey = z.tuple([z.iso.datetime(), z.string()]);

/** A page of meetings the viewer may see, newest start first; of one person when `participantId` is given. */
export async function listMeetings(
  context: Context,
  args: PageArgs & {
    readonly filter?: { readonly [K in keyof MeetingFilter]?: MeetingFilter[K] | null } | null | undefined;
    readonly participantId?: string;
  },
): Promise<Connection<Meeting>> {
  const viewer = requireViewer(context.viewer);
  const page = decodePage(args, meetingKey);
  const filter: MeetingFilter = {
    text: args.filter?.text ?? undefined,
    status: args.filter?.status ?? undefined,
    from: args.filter?.from ?? undefined,
    to: args.filter?.to ?? undefined,
    participantId: args.participantId ?? args.filter?.participantId ?? undefined,
    sharedWithMe: args.filter?.sharedWithMe ?? undefined,
  };
  const { rows, total } = (await context.reads?.meetings.list(viewer, filter, page)) ?? {
    rows: [],
    total: 0,
  };
  return connectionOf(rows, page, { totalCount: total, keyOf: (row) => [row.scheduledStart, row.id] });
}
