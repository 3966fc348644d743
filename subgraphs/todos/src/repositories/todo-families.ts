import { MEETING_THINGS } from '@hoerok/shared/access';
import {
  type CacheFamily,
  type GroupedFamily,
  markStale,
  rowFamilyName,
  rowSchema,
  tenantKey,
} from '@hoerok/shared/cache';
import { statisticsChanged } from '@hoerok/shared/statistics';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { TODO_STATUSES } from '../domain/todo-status.ts';
import { type Todo, TodoSchema } from '../entities/todo.entity.ts';

const FIVE_MINUTES = 5 * 60;

/** Pages of the todos of a meeting, as those see them who see the meeting. */
export const TODO_PAGES: GroupedFamily<readonly Todo[]> = {
  name: rowFamilyName('todo-page', [TodoSchema]),
  group: MEETING_THINGS,
  ttlSeconds: FIVE_MINUTES,
  schema: z.array(rowSchema(TodoSchema)),
};

export const TODO_COUNTS: GroupedFamily<number> = {
  name: 'todo-count.v1',
  group: MEETING_THINGS,
  ttlSeconds: FIVE_MINUTES,
  schema: z.number(),
};

/** What a tally is made of at any instant: which todos are late is a matter of the clock. */
export interface TodoNumbers {
  readonly byStatus: readonly { readonly status: (typeof TODO_STATUSES)[number]; readonly count: number }[];
  /** When todos that are not finished are due. */
  readonly due: readonly Date[];
}

export const TODO_NUMBERS: GroupedFamily<TodoNumbers> = {
  name: 'todo-numbers.v1',
  group: MEETING_THINGS,
  ttlSeconds: FIVE_MINUTES,
  schema: z.object({
    byStatus: z.array(z.object({ status: z.enum(TODO_STATUSES), count: z.number() })),
    due: z.array(z.iso.datetime().transform((text) => new Date(text))),
  }),
};

/** The todo of an action item by {@link tenantKey}; null for an item without one. */
export const TODOS_BY_SOURCE: CacheFamily<Todo | null> = {
  name: rowFamilyName('todo-by-source', [TodoSchema]),
  ttlSeconds: FIVE_MINUTES,
  schema: rowSchema(TodoSchema).nullable(),
};

/** For whoever writes a todo. */
export function todoChanged(
  tx: EntityManager,
  { workspaceId, meetingId, sourceId }: Pick<Todo, 'workspaceId' | 'meetingId' | 'sourceId'>,
): void {
  statisticsChanged(tx, workspaceId);
  if (meetingId !== null) markStale(tx, MEETING_THINGS, [tenantKey(workspaceId, meetingId)]);
  if (sourceId !== null) markStale(tx, TODOS_BY_SOURCE, [tenantKey(workspaceId, sourceId)]);
}
