import { requireUser, type UserViewer } from '@hoerok/shared/auth';
import { payloadOf, type UserError } from '@hoerok/shared/graphql';
import type { Context } from '../context.ts';
import type { Todo } from '../entities/todo.entity.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { calendarMutations } from './calendar-feed.ts';

type TodoPayload = { todo: Todo | null; userErrors: UserError[] };

/** Runs a use case as the signed-in viewer and wraps the todo it gives back. */
async function asPayload(
  context: Context,
  work: (viewer: UserViewer) => Promise<Todo>,
): Promise<TodoPayload> {
  const viewer = requireUser(context.viewer);
  return await payloadOf({ todo: null }, async () => ({ todo: await work(viewer) }));
}

export const Mutation: MutationResolvers = {
  ...calendarMutations,
  createTodo: (_root, { input }, context) =>
    asPayload(context, (viewer) => context.services.createTodo(viewer, input)),
  createTodosFromActionItems: async (_root, args, context) => {
    const viewer = requireUser(context.viewer);
    return await payloadOf({ todos: [], skipped: 0 }, () => context.services.importActionItems(viewer, args));
  },
  updateTodo: (_root, { input }, context) =>
    asPayload(context, (viewer) => context.services.changeTodo.update(viewer, input)),
  assignTodo: (_root, { id, userId }, context) =>
    asPayload(context, (viewer) => context.services.changeTodo.assign(viewer, id, userId ?? null)),
  completeTodo: (_root, { id }, context) =>
    asPayload(context, (viewer) => context.services.changeTodo.complete(viewer, id)),
  updateTodos: async (_root, args, context) => {
    const viewer = requireUser(context.viewer);
    const { userErrors, refused, todos } = await payloadOf({ todos: [], refused: [] }, () =>
      context.services.updateTodos(viewer, args),
    );
    return { todos: [...todos], userErrors: [...userErrors, ...refused] };
  },
  deleteTodo: async (_root, { id }, context) => {
    const viewer = requireUser(context.viewer);
    return await payloadOf({ todoId: null }, async () => ({
      todoId: await context.services.deleteTodo(viewer, id),
    }));
  },
};
