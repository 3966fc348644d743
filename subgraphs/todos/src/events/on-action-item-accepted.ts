import { onEventOfMeeting } from '@hoerok/shared/access';
import { actionItemAccepted } from '@hoerok/shared/contracts';
import type { EventSubscription } from '@hoerok/shared/events';
import { titleOf } from '../domain/title.ts';
import { writeTodo } from '../services/write-todo.ts';

/**
 * Makes a todo of each accepted action item. Idempotent: an action item has at most one todo, so neither a replay nor a
 * second acceptance adds one; of a meeting that was deleted none is made.
 */
export const actionItemAcceptedSubscription: EventSubscription = {
  purpose: 'accepted_items',
  handlers: [
    onEventOfMeeting(
      actionItemAccepted,
      ({ meetingId }) => meetingId,
      async ({ id, workspaceId, occurredAt, payload }, tx) => {
        const written = {
          ...titleOf(payload.text),
          workspaceId,
          sourceId: payload.id,
          meetingId: payload.meetingId,
          assigneeId: payload.assigneeId,
          dueAt: payload.dueAt === null ? null : new Date(payload.dueAt),
          createdById: payload.acceptedById,
          createdAt: new Date(occurredAt),
        };
        await writeTodo(tx, written, id);
      },
    ),
  ],
};
