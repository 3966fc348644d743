import { createMeetingAccess, createPeople } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { createGroupLoader, createLoader, type Loader, type SubgraphRequest } from '@hoerok/shared/graphql';
import type { Platform } from '@hoerok/shared/service';
import { cachedCount, type StatisticsSpan } from '@hoerok/shared/statistics';
import type { TodoTally } from './domain/progress.ts';
import type { TodoChange } from './entities/todo-change.entity.ts';
import type { Todo } from './entities/todo.entity.ts';
import { type CachedTodosDeps, cachedTodos } from './repositories/cached-todos.ts';
import { createTodoPages, type TodoPages } from './repositories/todo-pages.ts';
import type { CalendarFeeds } from './services/calendar-feeds.ts';
import { createActionItems } from './services/action-items.ts';
import { type ChangeTodo, createChangeTodo } from './services/change-todo.ts';
import { createUpdateTodos } from './services/update-todos.ts';
import { createDeleteTodo } from './services/delete-todo.ts';
import { createCreateTodo } from './services/create-todo.ts';
import { createImportActionItems } from './services/import-action-items.ts';
import { countTodos } from './repositories/todo-statistics.ts';

/** The use cases of the todos domain. */
export interface Services {
  readonly countTodos: (span: StatisticsSpan) => ReturnType<typeof countTodos>;
  readonly createTodo: ReturnType<typeof createCreateTodo>;
  readonly importActionItems: ReturnType<typeof createImportActionItems>;
  readonly changeTodo: ChangeTodo;
  readonly updateTodos: ReturnType<typeof createUpdateTodos>;
  readonly deleteTodo: ReturnType<typeof createDeleteTodo>;
  readonly calendarFeeds: CalendarFeeds;
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
  calendarFeeds: CalendarFeeds,
  clock: () => Date,
): (request: SubgraphRequest) => Context {
  const { transact, dataSource, gateway } = platform;
  const access = createMeetingAccess(platform);
  const people = createPeople(gateway);
  const changeTodo = createChangeTodo({ dataSource, transact, access, people, clock });
  const services: Services = {
    countTodos: cachedCount(platform.cache, 'todo-statistics.v1', (span) =>
      countTodos(dataSource.manager, span, clock()),
    ),
    createTodo: createCreateTodo({ transact, access, people, clock }),
    importActionItems: createImportActionItems({
      transact,
      access,
      clock,
      actionItems: createActionItems(gateway),
    }),
    changeTodo,
    updateTodos: createUpdateTodos({ changeTodo, people }),
    deleteTodo: createDeleteTodo({ dataSource, transact, access, clock }),
    calendarFeeds,
  };
  const cached = { manager: dataSource.manager, access, cache: platform.cache };
  return ({ viewer }) => {
    const now = clock();
    return { viewer, services, now, reads: viewer === null ? null : createReads(cached, viewer, now) };
  };
}

function createReads(cached: CachedTodosDeps, viewer: Viewer, now: Date): Reads {
  const todos = cachedTodos(cached, viewer, now);
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
