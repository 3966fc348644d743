import { decodePage } from '@hoerok/shared/graphql';
import { isOverdue } from '../domain/todo-status.ts';
import type { TodoChangeResolvers, TodoConnectionResolvers, TodoResolvers } from '../generated/resolvers.ts';

export const Todo: TodoResolvers = {
  __resolveReference: async ({ id }, { reads }) => (await reads?.todo.load(id)) ?? null,
  assignee: ({ assigneeId }) => (assigneeId === null ? null : { __typename: 'User', id: assigneeId }),
  createdBy: ({ createdById }) => ({ __typename: 'User', id: createdById }),
  meeting: ({ meetingId }) => (meetingId === null ? null : { __typename: 'Meeting', id: meetingId }),
  source: ({ sourceId }) => (sourceId === null ? null : { __typename: 'ActionItem', id: sourceId }),
  overdue: (todo, _args, { now }) => isOverdue(todo, now),
  history: async ({ id }, args, { reads }) => {
    const { limit } = decodePage(args);
    return ((await reads?.history.load(id)) ?? []).slice(0, limit);
  },
};

export const TodoChange: TodoChangeResolvers = {
  actor: ({ actorId }) => ({ __typename: 'User', id: actorId }),
};

export const TodoConnection: TodoConnectionResolvers = {
  totalCount: ({ totalCount }) => totalCount(),
};
