import { onEventOfMeeting, requireToldMeeting } from '@hoerok/shared/access';
import { taskChanged, type TaskSnapshot } from '@hoerok/shared/contracts';
import type { EventSubscription, ReceivedEvent } from '@hoerok/shared/events';
import type { EntityManager } from 'typeorm';
import { notify } from '../services/notify.ts';

/** Tells whoever asked for long work that it has failed. Idempotent as notify is; a retry that fails again is new. */
export const failedTaskSubscription: EventSubscription = {
  purpose: 'task_notices',
  handlers: ['transcripts', 'ai', 'meetings'].map((service) =>
    onEventOfMeeting(
      taskChanged(service),
      ({ status, meeting }) => (status === 'FAILED' ? (meeting?.id ?? null) : null),
      tellOfFailure,
    ),
  ),
};

async function tellOfFailure(event: ReceivedEvent<TaskSnapshot>, tx: EntityManager): Promise<void> {
  const { status, requestedBy, kind: taskKind, error } = event.payload;
  if (status !== 'FAILED' || requestedBy === null) return;
  const meeting =
    event.payload.meeting === null
      ? null
      : await requireToldMeeting(tx, event.workspaceId, event.payload.meeting.id);
  await notify(tx, event, {
    kind: 'TASK_FAILED',
    recipients: [requestedBy.id],
    subject: event.payload.meeting,
    meetingId: meeting?.id ?? null,
    language: meeting?.language ?? null,
    parametersFor: () => ({
      meetingTitle: meeting?.title ?? null,
      taskKind,
      reason: error?.message ?? null,
      code: error?.code ?? null,
    }),
  });
}
