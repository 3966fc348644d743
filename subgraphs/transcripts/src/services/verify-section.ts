import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { decodeInput } from '@hoerok/shared/graphql';
import { countsFor } from '../domain/verification.ts';
import { verdictRepository } from '../repositories/verdict-repository.ts';
import { lockSection, type OpenDeps, requireMeetingOfSection } from './open-section.ts';
import { refusal } from './refusals.ts';
import { settleStates } from './settle-states.ts';
import { verifySectionInput } from './transcript-input.ts';
import type { ChangeTranscript } from './turns.ts';

/** What changes of a transcript need. */
export interface ChangeDeps extends OpenDeps {
  readonly change: ChangeTranscript;
  readonly clock: () => Date;
}

/**
 * Gives the viewer's verdict on one revision of a section; a second verdict on it replaces the first. Answers the id of
 * the section.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for who neither takes part in the meeting nor holds a share of it for verifying;
 *   `CONFLICT` for another revision; `WRONG_STATE` for a locked or replaced transcript; `BAD_INPUT`.
 */
export function createVerifySection(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { sectionId, revision, verdict, comment } = decodeInput(verifySectionInput, input);
    const { transcript, meeting } = await requireMeetingOfSection(deps, viewer, {
      sectionId,
      right: 'VERIFY',
    });
    // ADMIN and MANAGER have every right, but were not there.
    if (!countsFor(meeting, viewer.userId))
      throw refusal('FORBIDDEN', 'Only participants of the meeting may verify its transcript.', [
        'sectionId',
      ]);
    await deps.change(transcript.id, async (tx) => {
      const locked = await lockSection(tx, transcript, { sectionId, revision, path: 'revision' });
      await verdictRepository(tx, viewer.workspaceId).save({
        id: randomUUIDv7(),
        workspaceId: viewer.workspaceId,
        sectionId,
        verifierId: viewer.userId,
        verdict,
        comment: comment ?? null,
        revision,
        at: deps.clock(),
      });
      await settleStates(tx, {
        transcript: locked.transcript,
        actorId: viewer.userId,
        changes: new Map([[sectionId, verdict]]),
      });
    });
    return sectionId;
  };
}
