import { connectionOf, decodePage } from '@hoerok/shared/graphql';
import { requireViewer } from '@hoerok/shared/auth';
import { BUILT_IN_TEMPLATES } from '../domain/template.ts';
import type { Context } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { Connection } from '@hoerok/shared/graphql';
import type { MeetingFilter } from '../repositories/meeting-repository.ts';

export const Query: QueryResolvers = {
  meeting: async (_root, { id }, { reads }) => (await reads?.meeting.load(id)) ?? null,
  meetings: (_root, args, context) => listMeetings(context, args),
  meetingTemplates: async (_root, _args, context) => {
    requireViewer(context.viewer);
    return [...BUILT_IN_TEMPLATES, ...((await context.reads?.savedTemplates()) ?? [])];
  },
};

/** A page of meetings the viewer may see, newest start first; of one person when `participantId` is given. */
export async function listMeetings(
  context: Context,
  args: {
    readonly first?: number | null | undefined;
    readonly after?: string | null | undefined;
    readonly filter?: { readonly [K in keyof MeetingFilter]?: MeetingFilter[K] | null } | null | undefined;
    readonly participantId?: string;
  },
): Promise<Connection<Meeting>> {
  const viewer = requireViewer(context.viewer);
  const page = decodePage(args);
  const filter: MeetingFilter = {
    text: args.filter?.text ?? undefined,
    status: args.filter?.status ?? undefined,
    from: args.filter?.from ?? undefined,
    to: args.filter?.to ?? undefined,
    participantId: args.participantId,
  };
  const { rows, total } = (await context.reads?.meetings.list(viewer, filter, page)) ?? {
    rows: [],
    total: 0,
  };
  return connectionOf(rows, page, { totalCount: total, keyOf: (row) => [row.scheduledStart, row.id] });
}
