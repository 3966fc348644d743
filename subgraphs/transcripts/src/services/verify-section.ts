import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { decodeInput } from '@hoerok/shared/graphql';
import { takesPart } from '../domain/verification.ts';
import { verdictRepository } from '../repositories/verdict-repository.ts';
import { lockSection, type OpenDeps, requireMeetingOfSection } from './open-section.ts';
import { refusal } from './refusals.ts';
import { settleStates } from './settle-states.ts';
import { verifySectionInput } from './transcript-input.ts';

/** What changes of a transcript need. */
export interface ChangeDeps extends OpenDeps {
  readonly transact: Transact;
  readonly clock: () => Date;
}

/**
 * Gives the viewer's verdict on one revision of a section; a second verdict on it replaces the first. Answers the id of
 * the section.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for who does not take part in the meeting; `CONFLICT` for another revision;
 *   `WRONG_STATE` for a replaced transcript; `BAD_INPUT`.
 */
export function createVerifySection(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { sectionId, revision, verdict, comment } = decodeInput(verifySectionInput, input);
    const { transcript, meeting } = await requireMeetingOfSection(deps, viewer, sectionId);
    if (!takesPart(meeting, viewer.userId)) {
      throw refusal('FORBIDDEN', 'Only participants of the meeting may verify its transcript.', [
        'sectionId',
      ]);
    }
    await deps.transact(async (tx) => {
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
        changed: { sectionId, change: verdict },
      });
    });
    return sectionId;
  };
}
