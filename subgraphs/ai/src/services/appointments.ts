import { refuseErased } from '@hoerok/shared/access';
import { PermanentError } from '@hoerok/shared/errors';
import type { EntityManager } from 'typeorm';
import type { DraftMinutes } from '../domain/analysis/draft-minutes.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import { announceMinutes } from './announce-minutes.ts';
import { appointmentRows } from './minutes-rows.ts';
import type { SpokenMeeting } from './transcript-reader.ts';

/** Appointments that were found in a transcript, with all that their rows need. */
export interface FoundAppointments {
  readonly workspaceId: string;
  readonly transcriptId: string;
  readonly taskId: string;
  readonly requestedBy: string | null;
  readonly spoken: SpokenMeeting;
  readonly draft: Pick<DraftMinutes, 'schedule'>;
  readonly userIds: ReadonlySet<string>;
}

/**
 * Puts appointments into the newest minutes of the transcript, inside `tx`: those that people have decided on stay, other
 * suggestions give way. Idempotent. Answers the id of the minutes.
 * @throws AppError `CANCELLED` (retryable) when the meeting has been deleted; PermanentError `WRONG_STATE` when the minutes
 *   were taken back.
 */
export async function storeAppointments(tx: EntityManager, found: FoundAppointments): Promise<string> {
  const { workspaceId, transcriptId, spoken } = found;
  await refuseErased(tx, spoken.meeting.id);
  const repository = minutesRepository(tx, workspaceId);
  const [newest] = await repository.newestOfTranscripts([transcriptId]);
  const whole = newest === undefined ? null : await repository.findWholeForUpdate(newest.id);
  if (whole === null) throw new PermanentError('WRONG_STATE', 'There are no minutes of this transcript.');
  const before = whole.items.filter(({ kind }) => kind === 'SCHEDULE');
  const kept = before.filter(({ review }) => review !== 'SUGGESTED');
  const known = new Set(kept.map(({ icalUid }) => icalUid));
  const { items, evidence } = appointmentRows(whole.minutes, found, {
    isNew: (uid) => !known.has(uid),
    firstPosition: Math.max(-1, ...before.map(({ position }) => position)) + 1,
  });
  await repository.deleteItems(before.filter((item) => !kept.includes(item)).map(({ id }) => id));
  await repository.insertItems(items, evidence);
  await announceMinutes(tx, whole.minutes, {
    change: 'SCHEDULED',
    itemIds: items.map(({ id }) => id),
    actorId: found.requestedBy,
    causationId: found.taskId,
  });
  return whole.minutes.id;
}
