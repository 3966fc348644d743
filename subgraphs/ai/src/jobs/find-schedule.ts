import { DEFAULT_TASK_POLICY, defineTask, type TaskDefinition, type TaskPolicy } from '@hoerok/shared/tasks';
import type { Logger } from '@hoerok/shared/telemetry';
import { z } from 'zod';
import { draftMinutesSchema } from '../domain/analysis/draft-schema.ts';
import { keepVerbatim } from '../domain/verbatim.ts';
import { analysisRequest } from '../services/analysis-request.ts';
import { storeAppointments } from '../services/appointments.ts';
import type { TranscriptReader } from '../services/transcript-reader.ts';
import type { Analysis } from './write-minutes.ts';

/** What a SCHEDULE task is told. */
export const scheduleOrder = z.object({ transcriptId: z.string() });

export type ScheduleOrder = z.output<typeof scheduleOrder>;

/** A person waits for it: the source design gives it a minute. */
const POLICY: TaskPolicy = {
  ...DEFAULT_TASK_POLICY,
  slots: { high: 2, normal: 1, low: 1 },
  maxWaiting: 200,
  deadlineMs: 600_000,
};

const SEARCHING_AT = 0.5;
const SAVING_AT = 0.95;

/** The task that reads a transcript again and looks for appointments; its result is `{ minutesId }`. */
export function createFindSchedule(deps: {
  readonly transcripts: TranscriptReader;
  readonly analysis: Pick<Analysis, 'run'>;
  readonly logger: Logger;
}): TaskDefinition<ScheduleOrder> {
  return defineTask<ScheduleOrder>({
    kind: 'SCHEDULE',
    payload: scheduleOrder,
    policy: POLICY,
    ready: deps.transcripts.ready,
    run: async ({ taskId, workspaceId, requestedBy, payload: { transcriptId }, signal, progress, step }) => {
      progress(0, 'reading');
      const spoken = await deps.transcripts.readAll({
        workspaceId,
        transcriptId,
        signal,
        onPage: (share) => progress(SEARCHING_AT * share, 'reading'),
      });
      const { request, userIds } = analysisRequest(spoken, null);
      const onProgress = (share: number): void =>
        progress(SEARCHING_AT + (SAVING_AT - SEARCHING_AT) * share, 'searching');
      const found = await step(`schedule of revision ${spoken.revision}`, draftMinutesSchema, () =>
        deps.analysis.run(request, { signal, onProgress }),
      );
      const { draft, dropped } = keepVerbatim(found, request.segments);
      if (dropped > 0) deps.logger.error({ taskId, dropped }, 'items without verbatim evidence dropped');
      progress(SAVING_AT, 'saving');
      const finished = { workspaceId, transcriptId, taskId, requestedBy, spoken, draft, userIds };
      return async (tx) => ({ minutesId: await storeAppointments(tx, finished) });
    },
  });
}
