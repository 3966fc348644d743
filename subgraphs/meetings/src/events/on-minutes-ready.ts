import { meetingUpdated, minutesCreated, transcriptCreated } from '@hoerok/shared/contracts';
import { type EventSubscription, onEvent } from '@hoerok/shared/events';
import type { EntityManager } from 'typeorm';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { announceMeeting } from '../services/meeting-events.ts';

/**
 * Notes when the transcript and the first minutes of a meeting are there. Idempotent: a time once set stays, so a
 * replay changes nothing.
 */
export const minutesReadySubscription: EventSubscription = {
  purpose: 'meeting_readiness',
  handlers: [
    onEvent(transcriptCreated, (event, tx) => {
      return stamp(tx, { ...event, meetingId: event.payload.meetingId, field: 'transcriptReadyAt' });
    }),
    onEvent(minutesCreated, (event, tx) => {
      return stamp(tx, { ...event, meetingId: event.payload.meetingId, field: 'minutesReadyAt' });
    }),
  ],
};

async function stamp(
  tx: EntityManager,
  fact: {
    readonly workspaceId: string;
    readonly meetingId: string;
    readonly occurredAt: string;
    readonly field: 'transcriptReadyAt' | 'minutesReadyAt';
  },
): Promise<void> {
  const meetings = meetingRepository(tx, fact.workspaceId);
  const meeting = await meetings.findForUpdate(fact.meetingId);
  if (meeting === null || meeting[fact.field] !== null) return;
  const changed = { ...meeting, [fact.field]: new Date(fact.occurredAt), revision: meeting.revision + 1 };
  await meetings.update(changed);
  await announceMeeting(tx, meetingUpdated, { meeting: changed, actorId: null });
}
