import { type EntityManager, In } from 'typeorm';
import { type Todo, TodoSchema } from '../entities/todo.entity.ts';
import { isHiddenSql } from './visible-todos.ts';

/** A todo with a due date. */
export type DueTodo = Todo & { readonly dueAt: Date };

/**
 * Locks open todos of all workspaces that have an assignee, are due before an instant and were not taken with this due
 * date yet, and marks them as taken; none that is hidden. The most urgent first; what somebody is changing right now is left for the next time.
 */
export async function takeDueTodos(tx: EntityManager, dueBefore: Date, limit: number): Promise<DueTodo[]> {
  const due = await tx
    .createQueryBuilder(TodoSchema, 't')
    .where('t.dueAt < :dueBefore AND t.remindedDueAt IS DISTINCT FROM t.dueAt', { dueBefore })
    .andWhere(`NOT ${isHiddenSql('t')}`)
    .andWhere(`t.assigneeId IS NOT NULL AND t.status NOT IN ('DONE', 'CANCELED')`)
    .orderBy('t.dueAt')
    .limit(limit)
    .setLock('pessimistic_write')
    .setOnLocked('skip_locked')
    .getMany();
  if (due.length === 0) return [];
  await tx.update(TodoSchema, { id: In(due.map(({ id }) => id)) }, { remindedDueAt: () => 'due_at' });
  return due as DueTodo[];
}
