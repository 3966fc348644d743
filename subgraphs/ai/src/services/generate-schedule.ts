import { requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import { enqueueTask, findTaskByKey, type TaskDefinition, type TaskRow } from '@hoerok/shared/tasks';
import { z } from 'zod';
import type { ScheduleOrder } from '../jobs/find-schedule.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import { type AnalyzeTranscriptDeps, clientMutationId, requireMeeting } from './analyze-transcript.ts';

const scheduleInput = z.object({ transcriptId: z.string(), clientMutationId });

/** What {@link createGenerateSchedule} needs. */
export interface GenerateScheduleDeps
  extends Pick<AnalyzeTranscriptDeps, 'transact' | 'manager' | 'access' | 'transcripts' | 'quota'> {
  readonly service: string;
  readonly findSchedule: TaskDefinition<ScheduleOrder>;
}

/**
 * Orders a search for appointments in a transcript that has minutes. Idempotent by `clientMutationId`.
 * @throws AppError `BAD_INPUT`, `NOT_FOUND`, `FORBIDDEN`, `WRONG_STATE` without minutes, `QUEUE_FULL` or `QUOTA_EXCEEDED`.
 */
export function createGenerateSchedule(
  deps: GenerateScheduleDeps,
): (viewer: UserViewer, input: unknown) => Promise<TaskRow> {
  return async (viewer, input) => {
    const { transcriptId, clientMutationId: key } = decodeInput(scheduleInput, input);
    const { workspaceId, userId } = viewer;
    const meeting = await requireMeeting(deps, viewer, transcriptId);
    return await deps.transact(async (tx) => {
      await requireStanding(tx, meeting.id, ['transcriptId']);
      const asked = { workspaceId, ...(key == null ? {} : { idempotencyKey: `client:${userId}:${key}` }) };
      const known = await findTaskByKey(tx, deps.findSchedule.kind, asked);
      if (known !== undefined) return known;
      const [minutes] = await minutesRepository(tx, workspaceId).newestOfTranscripts([transcriptId]);
      if (minutes === undefined)
        throw new AppError('WRONG_STATE', 'There are no minutes of this transcript yet.', {
          logLevel: 'debug',
          extensions: { path: ['transcriptId'] },
        });
      await deps.quota.take(tx, workspaceId);
      return await enqueueTask(tx, deps.findSchedule, {
        ...asked,
        service: deps.service,
        payload: { transcriptId },
        requestedBy: userId,
        meetingId: meeting.id,
        watchers: meeting.participantUserIds,
        lane: 'high',
      });
    });
  };
}
