import {
  connectionOf,
  createGroupLoader,
  createLoader,
  type Loader,
  type Page,
} from '@hoerok/shared/graphql';
import type { Todo } from '../entities/todo.entity.ts';
import { decodeTodoPage, keyOf, type TodoOrder } from './todo-order.ts';
import type { TodoFilter, TodoOwner, TodoPage, VisibleTodos } from './visible-todos.ts';

/** Which part of which lists is wanted. */
export interface WantedPage {
  readonly owner: TodoOwner;
  readonly filter: TodoFilter;
  readonly orderBy: TodoOrder;
  readonly page: Page;
}

/** Pages of one request: lists that are asked for alike (one field of many meetings) come by one query. */
export interface TodoPages {
  /** Decodes `first` and `after`; a cursor of another order is refused. @throws AppError `BAD_INPUT`. */
  readonly decode: typeof decodeTodoPage;
  readonly load: (ownerId: string, wanted: WantedPage) => Promise<TodoPage>;
}

const OWNER_ID: Readonly<Record<TodoOwner, (todo: Todo) => string | null>> = {
  workspace: ({ workspaceId }) => workspaceId,
  meeting: ({ meetingId }) => meetingId,
  assignee: ({ assigneeId }) => assigneeId,
};

/** Builds the loaders of pages over the todos a viewer may see. */
export function createTodoPages(todos: VisibleTodos): TodoPages {
  const alike = new Map<string, PageLoaders>();
  return {
    decode: decodeTodoPage,
    load: async (ownerId, wanted) => {
      const key = JSON.stringify(wanted);
      const { rows, total } = alike.get(key) ?? createLoaders(todos, wanted);
      alike.set(key, { rows, total });
      const { edges, pageInfo } = connectionOf(await rows.load(ownerId), wanted.page, {
        totalCount: 0,
        keyOf: keyOf(wanted.orderBy),
      });
      return { edges, pageInfo, totalCount: async () => (await total.load(ownerId))?.[1] ?? 0 };
    },
  };
}

interface PageLoaders {
  readonly rows: ReturnType<typeof createGroupLoader<Todo>>;
  readonly total: Loader<readonly [ownerId: string, count: number]>;
}

function createLoaders(todos: VisibleTodos, wanted: WantedPage): PageLoaders {
  return {
    rows: createGroupLoader(
      (ids) => todos.list(wanted.owner, ids, wanted),
      (todo) => OWNER_ID[wanted.owner](todo) ?? '',
    ),
    total: createLoader(
      async (ids) => [...(await todos.count(wanted.owner, ids, wanted.filter))],
      ([ownerId]) => ownerId,
    ),
  };
}
