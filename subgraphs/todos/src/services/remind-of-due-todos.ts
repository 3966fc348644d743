import { todoDue } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { takeDueTodos } from '../repositories/due-todos.ts';
import { stateOf } from './write-todo.ts';

const AHEAD_MS = 24 * 3_600_000;
/** What one transaction may tell; the rest is told the next time. */
const MOST_AT_ONCE = 500;

/**
 * Tells of todos with an assignee that are due within a day or late, and open: once for each due date, so again when it
 * moves. Idempotent: what has been told of is marked in the same transaction.
 */
export async function remindOfDueTodos(tx: EntityManager, now: Date): Promise<void> {
  const dueBefore = new Date(now.getTime() + AHEAD_MS);
  for (const { dueAt, ...todo } of await takeDueTodos(tx, dueBefore, MOST_AT_ONCE)) {
    await addEvent(tx, {
      contract: todoDue,
      workspaceId: todo.workspaceId,
      aggregateId: todo.id,
      actorId: null,
      payload: { ...stateOf(todo), dueAt: dueAt.toISOString() },
    });
  }
}
