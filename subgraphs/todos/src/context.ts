import { createMeetingAccess, createPeople } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { createGroupLoader, createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Platform } from '@hoerok/shared/service';
import type { TodoTally } from './domain/progress.ts';
import type { TodoChange } from './entities/todo-change.entity.ts';
import type { Todo } from './entities/todo.entity.ts';
import { createTodoPages, type TodoPages } from './repositories/todo-pages.ts';
import { visibleTodos } from './repositories/visible-todos.ts';
import { createActionItems } from './services/action-items.ts';
import { type ChangeTodo, createChangeTodo } from './services/change-todo.ts';
import { createCreateTodo } from './services/create-todo.ts';
import { createImportActionItems } from './services/import-action-items.ts';

/** The use cases of the todos domain. */
export interface Services {
  readonly createTodo: ReturnType<typeof createCreateTodo>;
  readonly importActionItems: ReturnType<typeof createImportActionItems>;
  readonly changeTodo: ChangeTodo;
}

/** Reads of one request, batched; everything in them the viewer may see. */
export interface Reads {
  readonly todo: Loader<Todo>;
  /** By the id of the action item. */
  readonly todoOfSource: Loader<Todo>;
  readonly pages: TodoPages;
  readonly history: ReturnType<typeof createGroupLoader<TodoChange>>;
  /** By the id of the meeting. */
  readonly tally: Loader<readonly [meetingId: string, tally: TodoTally]>;
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
  /** The instant of the request: all of its answer agrees on what is overdue. */
  readonly now: Date;
}

/** The reads of a request that is not anonymous, or `UNAUTHENTICATED`. */
export function requireReads({ reads }: Context): Reads {
  if (reads !== null) return reads;
  throw new AppError('UNAUTHENTICATED', 'Sign in first: this needs a valid access token.');
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(
  platform: Platform,
  clock = () => new Date(),
): (request: SubgraphRequest) => Context {
  const { transact, dataSource, gateway } = platform;
  const access = createMeetingAccess({ dataSource, gateway });
  const people = createPeople(gateway);
  const services: Services = {
    createTodo: createCreateTodo({ transact, access, people, clock }),
    importActionItems: createImportActionItems({
      transact,
      access,
      clock,
      actionItems: createActionItems(gateway),
    }),
    changeTodo: createChangeTodo({ dataSource, transact, access, people, clock }),
  };
  return ({ viewer }) => {
    const now = clock();
    return { viewer, services, now, reads: viewer === null ? null : createReads(dataSource, viewer, now) };
  };
}

function createReads(dataSource: Platform['dataSource'], viewer: Viewer, now: Date): Reads {
  const todos = visibleTodos(dataSource.manager, viewer, now);
  return {
    todo: createLoader(
      (ids) => todos.find(ids),
      ({ id }) => id,
    ),
    todoOfSource: createLoader(
      (ids) => todos.ofSources(ids),
      ({ sourceId }) => sourceId ?? '',
    ),
    pages: createTodoPages(todos),
    history: createGroupLoader(
      (ids) => todos.history(ids),
      ({ todoId }) => todoId,
    ),
    tally: createLoader(
      async (ids) => [...(await todos.tally(ids))],
      ([meetingId]) => meetingId,
    ),
  };
}
