import { requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { decodeInput } from '@hoerok/shared/graphql';
import { enqueueTask, type TaskDefinition, type TaskRow } from '@hoerok/shared/tasks';
import { type OpenDeps, requireMeetingOf } from './open-section.ts';
import { refusal } from './refusals.ts';
import { validateTranscriptInput } from './transcript-input.ts';
import type { ValidationPayload } from './validation-payload.ts';

/** What ordering a validation needs. */
export interface ValidateTranscriptDeps extends OpenDeps {
  readonly service: string;
  readonly transact: Transact;
  readonly definition: TaskDefinition<ValidationPayload>;
}

/**
 * Orders the check of a transcript as a task. A validation depends on nothing but the revision: the same person gets the same
 * task for the same one.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` as for an edit; `QUEUE_FULL`; `BAD_INPUT`.
 */
export function createValidateTranscript(
  deps: ValidateTranscriptDeps,
): (viewer: UserViewer, input: unknown) => Promise<TaskRow> {
  return async (viewer, input) => {
    const { id } = decodeInput(validateTranscriptInput, input);
    const lookup = { transcriptId: id, path: 'id', right: 'PARTICIPATE' } as const;
    const { transcript, meeting } = await requireMeetingOf(deps, viewer, lookup);
    if (viewer.role === 'GUEST') throw refusal('FORBIDDEN', 'A guest cannot order a validation.', ['id']);
    return await deps.transact(async (tx) => {
      await requireStanding(tx, meeting.id, ['id']);
      return await enqueueTask(tx, deps.definition, {
        service: deps.service,
        workspaceId: viewer.workspaceId,
        idempotencyKey: `${viewer.userId}:${id}:${transcript.revision}`,
        payload: { transcriptId: id },
        requestedBy: viewer.userId,
        meetingId: meeting.id,
        watchers: meeting.participantUserIds,
      });
    });
  };
}
