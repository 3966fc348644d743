import { onEventOfMeeting, requireToldMeeting } from '@hoerok/shared/access';
import {
  type EventPayload,
  type MeetingState,
  todoCompleted,
  todoCreated,
  todoDue,
  todoStatusChanged,
} from '@hoerok/shared/contracts';
import type { EventSubscription, ReceivedEvent } from '@hoerok/shared/events';
import type { EntityManager } from 'typeorm';
import { everyoneBut, takesPart } from '../domain/recipients.ts';
import { notify } from '../services/notify.ts';

type TodoEvent = ReceivedEvent<EventPayload<typeof todoCreated>>;

/**
 * Tells an assignee of a todo that is new, due or changed by somebody else, and creator and organizer of a completed one. Idempotent as notify is; delivered
 * again until the meeting is known.
 */
export const todoSubscription: EventSubscription = {
  purpose: 'todo_notices',
  handlers: [
    onEventOfMeeting(todoCreated, meetingIdOf, async (event, tx) => {
      const { assigneeId, createdById } = event.payload;
      const recipients = everyoneBut([assigneeId], createdById, event.actorId);
      const meeting = await meetingOf(event, tx);
      await tell(tx, event, { kind: 'TODO_ASSIGNED', recipients, meeting, toWebhooks: assigneeId !== null });
    }),
    onEventOfMeeting(todoStatusChanged, meetingIdOf, async (event, tx) => {
      const { assigneeId, assigneeChanged } = event.payload;
      const recipients = everyoneBut([assigneeId], event.actorId);
      const meeting = await meetingOf(event, tx);
      if (assigneeChanged === true)
        await tell(tx, event, {
          kind: 'TODO_ASSIGNED',
          recipients,
          meeting,
          toWebhooks: assigneeId !== null,
        });
      else await tell(tx, event, { kind: 'TODO_STATUS_CHANGED', recipients, meeting });
    }),
    onEventOfMeeting(todoCompleted, meetingIdOf, async (event, tx) => {
      const meeting = await meetingOf(event, tx);
      const concerned = [event.payload.createdById, meeting?.organizerId ?? null];
      await tell(tx, event, {
        kind: 'TODO_COMPLETED',
        recipients: everyoneBut(concerned, event.actorId),
        meeting,
      });
    }),
    onEventOfMeeting(todoDue, meetingIdOf, tellOfDueDate),
  ],
};

function meetingIdOf({ meetingId }: { readonly meetingId: string | null }): string | null {
  return meetingId;
}

async function meetingOf(
  { workspaceId, payload }: TodoEvent,
  tx: EntityManager,
): Promise<MeetingState | null> {
  return payload.meetingId === null ? null : await requireToldMeeting(tx, workspaceId, payload.meetingId);
}

async function tellOfDueDate(
  event: ReceivedEvent<EventPayload<typeof todoDue>>,
  tx: EntityManager,
): Promise<void> {
  const { id, title: todoTitle, assigneeId, dueAt } = event.payload;
  const meeting = await meetingOf(event, tx);
  await notify(tx, event, {
    kind: 'TODO_DUE',
    recipients: everyoneBut([assigneeId]),
    subject: { __typename: 'Todo', id },
    meetingId: meeting?.id ?? null,
    language: meeting?.language ?? null,
    parametersFor: (recipientId) => ({
      todoTitle,
      meetingTitle: titleFor(meeting, recipientId),
      dueAt,
      timeZone: meeting?.timeZone ?? 'UTC',
      late: new Date(dueAt) < new Date(event.occurredAt),
    }),
  });
}

function titleFor(meeting: MeetingState | null, recipientId: string): string | null {
  return meeting !== null && takesPart(meeting, recipientId) ? meeting.title : null;
}

async function tell(
  tx: EntityManager,
  event: TodoEvent,
  notice: {
    readonly kind: 'TODO_ASSIGNED' | 'TODO_STATUS_CHANGED' | 'TODO_COMPLETED';
    readonly recipients: readonly string[];
    readonly meeting: MeetingState | null;
    readonly toWebhooks?: boolean;
  },
): Promise<void> {
  const { kind, recipients, meeting, toWebhooks = true } = notice;
  const { id, title: todoTitle, status } = event.payload;
  await notify(tx, event, {
    kind,
    recipients,
    toWebhooks,
    subject: { __typename: 'Todo', id },
    meetingId: meeting?.id ?? null,
    language: meeting?.language ?? null,
    parametersFor: (recipientId) => ({ todoTitle, meetingTitle: titleFor(meeting, recipientId), status }),
  });
}
