import type { MeetingKey } from '@hoerok/shared/access';
import { minutesWithdrawn } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import { transcriptRefRepository } from '../repositories/transcript-ref-repository.ts';
import { announceMinutes } from './announce-minutes.ts';

/**
 * Deletes all minutes that were made of a transcript, also those that somebody has reviewed: a person wished what was made of
 * a recording to go. Nothing is made of it any more, by tasks that still run neither. Todos are people's own and stay.
 * Idempotent.
 */
export async function forgetTranscript(
  tx: EntityManager,
  gone: MeetingKey & { readonly transcriptId: string; readonly actorId: string | null },
): Promise<void> {
  const { workspaceId, meetingId, transcriptId, actorId } = gone;
  // First, for who stores minutes meanwhile waits for this row or is waited for.
  await transcriptRefRepository(tx, workspaceId).markGone({ id: transcriptId, meetingId });
  const repository = minutesRepository(tx, workspaceId);
  for (const minutes of await repository.ofTranscript(transcriptId)) {
    const { id, revision } = minutes;
    await repository.delete(id);
    await addEvent(tx, {
      contract: minutesWithdrawn,
      workspaceId,
      aggregateId: id,
      actorId,
      payload: { __typename: 'Minutes', id, revision, meetingId, transcriptId },
    });
    await announceMinutes(tx, minutes, { change: 'WITHDRAWN', itemIds: [], actorId });
  }
}
