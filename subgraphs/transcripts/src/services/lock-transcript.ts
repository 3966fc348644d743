import { randomUUIDv7 } from 'node:crypto';
import { seesWholeWorkspace, type UserViewer } from '@hoerok/shared/auth';
import { decodeInput } from '@hoerok/shared/graphql';
import type { TranscriptState } from '../domain/verification.ts';
import { noteRepository } from '../repositories/note-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { announceTranscript } from './announce.ts';
import { lockCurrent, requireMeetingOf } from './open-section.ts';
import { refusal } from './refusals.ts';
import { settleStates } from './settle-states.ts';
import { lockTranscriptInput, unlockTranscriptInput } from './transcript-input.ts';
import type { ChangeDeps } from './verify-section.ts';

/**
 * Locks a verified transcript: from then on no text, speaker, section or verdict changes. Locking a locked one again changes
 * nothing. Answers the id of the transcript.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for all but the organizer, ADMIN and MANAGER; `WRONG_STATE` for one that is not
 *   VERIFIED (a single DISPUTED section is enough), or that was replaced; `BAD_INPUT`.
 */
export function createLockTranscript(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { id } = decodeInput(lockTranscriptInput, input);
    const lookup = { transcriptId: id, path: 'id', right: 'PARTICIPATE' } as const;
    const { transcript, meeting } = await requireMeetingOf(deps, viewer, lookup);
    if (meeting.organizerId !== viewer.userId && !seesWholeWorkspace(viewer))
      throw refusal('FORBIDDEN', 'Only the organizer, a MANAGER or an ADMIN locks a transcript.', ['id']);
    await deps.change(transcript.id, async (tx) => {
      const held = await lockCurrent(tx, transcript);
      if (held.state === 'LOCKED') return;
      if (held.state !== 'VERIFIED') throw refusal('WRONG_STATE', WHY_NOT[held.state], ['id']);
      const locked = { ...held, state: 'LOCKED' as const };
      await transcriptRepository(tx, viewer.workspaceId).update(locked);
      await noteRepository(tx, viewer.workspaceId).insert({
        ...noteOf(deps, viewer, held.id),
        kind: 'LOCKED',
        reason: null,
      });
      await announceTranscript(tx, { transcript: locked, actorId: viewer.userId }, 'LOCKED');
    });
    return id;
  };
}

const WHY_NOT: Readonly<Record<Exclude<TranscriptState, 'VERIFIED' | 'LOCKED'>, string>> = {
  DRAFT: 'Nobody has verified the transcript yet.',
  IN_VERIFICATION: 'A section is not verified yet, or disputed; only a verified transcript can be locked.',
};

/**
 * Opens a locked transcript again; why stays in its history. The states of its sections follow from the verdicts and the
 * meeting as they are by then. Answers the id of the transcript.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for all but the organizer and ADMIN; `WRONG_STATE` for one that is not LOCKED;
 *   `BAD_INPUT`.
 */
export function createUnlockTranscript(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { id, reason } = decodeInput(unlockTranscriptInput, input);
    const lookup = { transcriptId: id, path: 'id', right: 'PARTICIPATE' } as const;
    const { transcript, meeting } = await requireMeetingOf(deps, viewer, lookup);
    if (meeting.organizerId !== viewer.userId && viewer.role !== 'ADMIN')
      throw refusal('FORBIDDEN', 'Only the organizer or an ADMIN unlocks a transcript.', ['id']);
    await deps.change(transcript.id, async (tx) => {
      const held = await lockCurrent(tx, transcript);
      if (held.state !== 'LOCKED') throw refusal('WRONG_STATE', 'The transcript is not locked.', ['id']);
      const opened = { ...held, state: 'VERIFIED' as const };
      await transcriptRepository(tx, viewer.workspaceId).update(opened);
      await noteRepository(tx, viewer.workspaceId).insert({
        ...noteOf(deps, viewer, held.id),
        kind: 'UNLOCKED',
        reason,
      });
      const told = { transcript: opened, actorId: viewer.userId };
      await announceTranscript(tx, told, 'UNLOCKED');
      await settleStates(tx, { ...told, changes: new Map() });
    });
    return id;
  };
}

function noteOf(
  { clock }: Pick<ChangeDeps, 'clock'>,
  { workspaceId, userId }: UserViewer,
  transcriptId: string,
): {
  readonly id: string;
  readonly workspaceId: string;
  readonly transcriptId: string;
  readonly before: null;
  readonly after: null;
  readonly actorId: string;
  readonly at: Date;
} {
  const at = clock();
  return { id: randomUUIDv7(), workspaceId, transcriptId, before: null, after: null, actorId: userId, at };
}
