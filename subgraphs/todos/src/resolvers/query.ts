import { requireViewer } from '@hoerok/shared/auth';
import { type Context, requireReads } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';
import { calendarFeeds } from './calendar-feed.ts';
import { parseSearch } from '@hoerok/shared/search';
import type { TodoOrder } from '../repositories/todo-order.ts';
import type { TodoFilter, TodoOwner, TodoPage } from '../repositories/visible-todos.ts';

export const Query: QueryResolvers = {
  calendarFeeds,
  todo: async (_root, { id }, { reads }) => (await reads?.todo.load(id)) ?? null,
  todos: (_root, args, context) =>
    pageOfTodos(context, { owner: 'workspace', id: requireViewer(context.viewer).workspaceId }, args),
};

type WantedTodos = {
  readonly [K in Exclude<keyof TodoFilter, 'search' | 'hasDueDate'>]?: TodoFilter[K] | null;
} & {
  readonly text?: string | null | undefined;
};

/** A page of the todos of a workspace, a meeting or an assignee that the viewer may see. */
export async function pageOfTodos(
  context: Context,
  list: { readonly owner: TodoOwner; readonly id: string },
  args: {
    readonly first?: number | null | undefined;
    readonly after?: string | null | undefined;
    readonly filter?: WantedTodos | null | undefined;
    readonly orderBy?: TodoOrder | null | undefined;
  },
): Promise<TodoPage> {
  const { pages } = requireReads(context);
  const filter: TodoFilter = {
    status: args.filter?.status ?? undefined,
    assigneeId: args.filter?.assigneeId ?? undefined,
    overdue: args.filter?.overdue ?? undefined,
    dueBefore: args.filter?.dueBefore ?? undefined,
    meetingId: args.filter?.meetingId ?? undefined,
    dueAfter: args.filter?.dueAfter ?? undefined,
    createdById: args.filter?.createdById ?? undefined,
    priority: args.filter?.priority ?? undefined,
    search: args.filter?.text == null ? undefined : parseSearch(args.filter.text, ['filter', 'text']).json,
  };
  const orderBy = args.orderBy ?? 'CREATED_AT';
  const page = pages.decode(args, orderBy);
  return await pages.load(list.id, { owner: list.owner, filter, orderBy, page });
}
