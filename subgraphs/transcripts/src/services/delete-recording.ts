import { type MeetingAccess, requireStanding } from '@hoerok/shared/access';
import { seesWholeWorkspace, type UserViewer } from '@hoerok/shared/auth';
import { transcriptDeleted } from '@hoerok/shared/contracts';
import { onSettled, type Transact } from '@hoerok/shared/database';
import { decodeInput } from '@hoerok/shared/graphql';
import { addEvent } from '@hoerok/shared/outbox';
import type { DataSource } from 'typeorm';
import { recordingRepository } from '../repositories/recording-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { requireRecordingOf } from './open-recording.ts';
import { deleteRecordingInput } from './recording-input.ts';
import { refusal } from './refusals.ts';
import { settleStates } from './settle-states.ts';

/** What a deletion needs. */
export interface DeleteRecordingDeps {
  readonly transact: Transact;
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
  /** Called once a file may be deleted. */
  readonly onDoomed: () => void;
}

/**
 * Deletes a recording, complete or not, and what a transcription of it had heard so far. With `derived` the transcripts that
 * were made of it go too, and others are told so; without, they stay and name no recording any more. Answers its id.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for anybody but its sender, the organizer, MANAGER and ADMIN; `BAD_INPUT`.
 */
export function createDeleteRecording(
  deps: DeleteRecordingDeps,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { id, derived } = decodeInput(deleteRecordingInput, input);
    const { recording, meeting } = await requireRecordingOf(deps, viewer, { id, path: 'id' });
    const isTheirs = [recording.createdBy, meeting.organizerId].includes(viewer.userId);
    if (!isTheirs && !seesWholeWorkspace(viewer)) {
      const message = 'Only who sent a recording, the organizer, MANAGER and ADMIN may delete it.';
      throw refusal('FORBIDDEN', message, ['id']);
    }
    await deps.transact(async (tx) => {
      await requireStanding(tx, meeting.id, ['id']);
      onSettled(tx, deps.onDoomed);
      const recordings = recordingRepository(tx, viewer.workspaceId);
      await recordings.forgetHeard(id);
      const transcripts = transcriptRepository(tx, viewer.workspaceId);
      const { gone, restored } =
        derived === true ? await transcripts.deleteOfRecording(recording) : { gone: [], restored: null };
      await recordings.doom(id);
      for (const transcript of gone) {
        await addEvent(tx, {
          contract: transcriptDeleted,
          workspaceId: viewer.workspaceId,
          aggregateId: transcript.id,
          actorId: viewer.userId,
          payload: {
            __typename: 'Transcript',
            id: transcript.id,
            revision: transcript.revision + 1,
            meetingId: meeting.id,
          },
        });
      }
      // While another one was current, people may have joined or left the meeting.
      if (restored !== null)
        await settleStates(tx, { transcript: restored, actorId: viewer.userId, changes: new Map() });
    });
    return id;
  };
}
