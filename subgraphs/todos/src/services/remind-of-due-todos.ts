import { todoDue } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { reminderAfter } from '../domain/reminders.ts';
import { lockTodosToRemindOf, storeNextReminders } from '../repositories/due-todos.ts';
import { stateOf } from './write-todo.ts';

/** What one transaction may tell; the rest is told the next time. */
const MOST_AT_ONCE = 500;

/**
 * Tells of open todos with an assignee at the times before their due date that each one sets, and once a day for a week
 * when it has passed. Several that were missed are told as one. Idempotent: the next time is noted in the same transaction.
 */
export async function remindOfDueTodos(tx: EntityManager, now: Date): Promise<void> {
  const due = await lockTodosToRemindOf(tx, now, MOST_AT_ONCE);
  await storeNextReminders(
    tx,
    due.map((todo) => ({ id: todo.id, at: reminderAfter(todo, now) })),
  );
  for (const { dueAt, ...todo } of due) {
    await addEvent(tx, {
      contract: todoDue,
      workspaceId: todo.workspaceId,
      aggregateId: todo.id,
      actorId: null,
      payload: { ...stateOf(todo), dueAt: dueAt.toISOString() },
    });
  }
}
