import type { EntityManager } from 'typeorm';
import { type Todo, TodoSchema } from '../entities/todo.entity.ts';
import { isHiddenSql } from './visible-todos.ts';

/** A todo with a due date. */
export type DueTodo = Todo & { readonly dueAt: Date };

/**
 * Locks open todos of all workspaces that have an assignee and whose next reminder is due; none that is hidden. The longest
 * waiting first; what somebody is changing right now is left for the next time.
 */
export async function lockTodosToRemindOf(tx: EntityManager, now: Date, limit: number): Promise<DueTodo[]> {
  const due = await tx
    .createQueryBuilder(TodoSchema, 't')
    .where('t.nextReminderAt <= :now AND t.dueAt IS NOT NULL', { now })
    .andWhere(`NOT ${isHiddenSql('t')}`)
    .andWhere(`t.assigneeId IS NOT NULL AND t.status NOT IN ('DONE', 'CANCELED')`)
    .orderBy('t.nextReminderAt')
    .limit(limit)
    .setLock('pessimistic_write')
    .setOnLocked('skip_locked')
    .getMany();
  return due as DueTodo[];
}

/** Notes when each todo is told of next, in one statement. */
export async function storeNextReminders(
  tx: EntityManager,
  next: readonly { readonly id: string; readonly at: Date | null }[],
): Promise<void> {
  if (next.length === 0) return;
  await tx.query(
    `UPDATE todo SET next_reminder_at = next.at
     FROM unnest($1::text[], $2::timestamptz[]) AS next(id, at) WHERE todo.id = next.id`,
    [next.map(({ id }) => id), next.map(({ at }) => at)],
  );
}
