import { onEventOfMeeting, requireToldMeeting } from '@hoerok/shared/access';
import {
  type EventPayload,
  sectionChanged,
  sectionNoted,
  transcriptCreated,
  transcriptDeleted,
  transcriptVerified,
} from '@hoerok/shared/contracts';
import { AppError } from '@hoerok/shared/errors';
import type { EventSubscription, ReceivedEvent } from '@hoerok/shared/events';
import type { EntityManager } from 'typeorm';
import { editedSegmentRepository } from '../repositories/edited-segment-repository.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import { transcriptRefRepository } from '../repositories/transcript-ref-repository.ts';
import { forgetTranscript } from '../services/forget-transcript.ts';
import type { OrderMinutes } from '../services/order-minutes.ts';

type TranscriptEvent = ReceivedEvent<EventPayload<typeof transcriptCreated>>;

/**
 * Orders minutes of a new transcript, and of a verified one that has changed since its newest minutes; notes how far
 * each transcript and each edited segment is. Idempotent: a revision of a transcript has one task, and a lower revision is not noted; of a meeting
 * that was deleted nothing is.
 */
export function createTranscriptSubscription(orderMinutes: OrderMinutes): EventSubscription {
  const order = async (event: TranscriptEvent, tx: EntityManager): Promise<void> => {
    const { workspaceId, actorId, payload } = event;
    await orderMinutes(tx, {
      workspaceId,
      transcriptId: payload.id,
      language: null,
      provider: null,
      meetingId: payload.meetingId,
      requestedBy: actorId,
      watchers: await participantsOf(tx, workspaceId, payload.meetingId),
      lane: 'normal',
      idempotencyKey: `transcript:${payload.id}:${payload.revision}`,
    });
  };
  return {
    purpose: 'minutes',
    handlers: [
      onEventOfMeeting(transcriptCreated, meetingIdOf, async (event, tx) => {
        await transcriptRefRepository(tx, event.workspaceId).remember(event.payload);
        await order(event, tx);
      }),
      onEventOfMeeting(transcriptVerified, meetingIdOf, async (event, tx) => {
        const { id, revision } = event.payload;
        await transcriptRefRepository(tx, event.workspaceId).remember(event.payload);
        const [newest] = await minutesRepository(tx, event.workspaceId).newestOfTranscripts([id]);
        if (newest?.transcriptRevision !== revision) await order(event, tx);
      }),
      onEventOfMeeting(sectionChanged, meetingIdOf, async ({ workspaceId, payload }, tx) => {
        const { transcriptId: id, meetingId, transcriptRevision: revision } = payload;
        await transcriptRefRepository(tx, workspaceId).remember({ id, meetingId, revision });
        await editedSegmentRepository(tx, workspaceId).remember(meetingId, payload.editedSegments ?? []);
      }),
      onEventOfMeeting(transcriptDeleted, meetingIdOf, ({ workspaceId, actorId, payload }, tx) =>
        forgetTranscript(tx, {
          workspaceId,
          actorId,
          meetingId: payload.meetingId,
          transcriptId: payload.id,
        }),
      ),
      // Also who speaks raises the revision of a transcript.
      onEventOfMeeting(sectionNoted, meetingIdOf, async ({ workspaceId, payload }, tx) => {
        const { transcriptId: id, meetingId, transcriptRevision: revision } = payload;
        await transcriptRefRepository(tx, workspaceId).remember({ id, meetingId, revision });
      }),
    ],
  };
}

function meetingIdOf({ meetingId }: { readonly meetingId: string }): string {
  return meetingId;
}

/** Who may watch the task; nobody yet when the meeting's own event is still on its way. */
async function participantsOf(
  tx: EntityManager,
  workspaceId: string,
  meetingId: string,
): Promise<readonly string[]> {
  try {
    return (await requireToldMeeting(tx, workspaceId, meetingId)).participantUserIds;
  } catch (error) {
    if (error instanceof AppError && error.code === 'UNAVAILABLE') return [];
    throw error;
  }
}
