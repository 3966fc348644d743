import type { UserViewer } from '@hoerok/shared/auth';
import { decodeInput } from '@hoerok/shared/graphql';
import { takesPart } from '../domain/verification.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { announceTranscript } from './announce.ts';
import { lockOpen, requireMeetingOf } from './open-section.ts';
import { refusal } from './refusals.ts';
import { assignSpeakerInput } from './transcript-input.ts';
import type { ChangeDeps } from './verify-section.ts';

/**
 * Says which participant a speaker is, or takes the name away. Raises the transcript's revision: who said something
 * matters to the minutes. Answers the id of the transcript.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for a GUEST; `BAD_INPUT` for a user who does not take part in the meeting;
 *   `WRONG_STATE` for a locked or replaced transcript.
 */
export function createAssignSpeaker(
  deps: Omit<ChangeDeps, 'clock'>,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { speakerId, userId = null } = decodeInput(assignSpeakerInput, input);
    const outside = transcriptRepository(deps.dataSource.manager, viewer.workspaceId);
    const [found] = await outside.findSpeakers([speakerId]);
    const lookup = { transcriptId: found?.transcriptId, path: 'speakerId', right: 'PARTICIPATE' } as const;
    const { transcript, meeting } = await requireMeetingOf(deps, viewer, lookup);
    if (viewer.role === 'GUEST') throw refusal('FORBIDDEN', 'A guest cannot name speakers.', ['speakerId']);
    if (userId !== null && !takesPart(meeting, userId))
      throw refusal('BAD_INPUT', 'This user does not take part in the meeting; invite them first.', [
        'userId',
      ]);
    await deps.change(transcript.id, async (tx) => {
      const locked = await lockOpen(tx, transcript);
      const transcripts = transcriptRepository(tx, viewer.workspaceId);
      const [speaker] = await transcripts.findSpeakers([speakerId]);
      if (speaker === undefined)
        throw refusal('NOT_FOUND', 'There is no such speaker any more.', ['speakerId']);
      if (speaker.userId === userId) return;
      await transcripts.updateSpeaker({ ...speaker, userId });
      const changed = { ...locked, revision: locked.revision + 1 };
      await transcripts.update(changed);
      await announceTranscript(tx, { transcript: changed, actorId: viewer.userId }, 'SPEAKERS_CHANGED');
    });
    return transcript.id;
  };
}
