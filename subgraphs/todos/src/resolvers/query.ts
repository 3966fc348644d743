import { requireViewer } from '@hoerok/shared/auth';
import { decodePage } from '@hoerok/shared/graphql';
import { type Context, requireReads } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import type { TodoFilter, TodoOwner, TodoPage } from '../repositories/visible-todos.ts';

export const Query: QueryResolvers = {
  todo: async (_root, { id }, { reads }) => (await reads?.todo.load(id)) ?? null,
  todos: (_root, args, context) =>
    pageOfTodos(context, { owner: 'workspace', id: requireViewer(context.viewer).workspaceId }, args),
};

/** A page of the todos of a workspace, a meeting or an assignee that the viewer may see, newest first. */
export async function pageOfTodos(
  context: Context,
  list: { readonly owner: TodoOwner; readonly id: string },
  args: {
    readonly first?: number | null | undefined;
    readonly after?: string | null | undefined;
    readonly filter?: { readonly [K in keyof TodoFilter]?: TodoFilter[K] | null } | null | undefined;
  },
): Promise<TodoPage> {
  const { pages } = requireReads(context);
  const filter: TodoFilter = {
    status: args.filter?.status ?? undefined,
    assigneeId: args.filter?.assigneeId ?? undefined,
    overdue: args.filter?.overdue ?? undefined,
    dueBefore: args.filter?.dueBefore ?? undefined,
    meetingId: args.filter?.meetingId ?? undefined,
  };
  const page = decodePage(args);
  return await pages.load(list.id, { owner: list.owner, filter, page });
}
