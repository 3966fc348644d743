import { DEFAULT_TASK_POLICY, defineTask, type TaskDefinition, type TaskPolicy } from '@hoerok/shared/tasks';
import type { Logger } from '@hoerok/shared/telemetry';
import { analyzeMeeting } from '../domain/analysis/analyze-meeting.ts';
import { keepVerbatim } from '../domain/verbatim.ts';
import { analysisRequest } from '../services/analysis-request.ts';
import { type MinutesOrder, minutesOrder } from '../services/order-minutes.ts';
import { storeMinutes } from '../services/store-minutes.ts';
import type { TranscriptReader } from '../services/transcript-reader.ts';

/** The queue of the source design: at most 500 waiting, done within two hours. */
const POLICY: TaskPolicy = {
  ...DEFAULT_TASK_POLICY,
  slots: { high: 2, normal: 2, low: 1 },
  maxWaiting: 500,
  deadlineMs: 7_200_000,
};

/** Shares of the whole work at which its stages begin. */
const ANALYZING_AT = 0.3;
const SAVING_AT = 0.95;

/** What {@link createWriteMinutes} needs. */
export interface WriteMinutesDeps {
  readonly transcripts: TranscriptReader;
  readonly logger: Logger;
  readonly clock: () => Date;
}

/** The task that reads a transcript, analyzes it and writes its minutes; its result is `{ minutesId }`. */
export function createWriteMinutes(deps: WriteMinutesDeps): TaskDefinition<MinutesOrder> {
  return defineTask<MinutesOrder>({
    kind: 'MINUTES',
    payload: minutesOrder,
    policy: POLICY,
    run: async ({ taskId, workspaceId, requestedBy, payload, signal, progress }) => {
      const { transcriptId, language } = payload;
      progress(0, 'reading');
      const spoken = await deps.transcripts.readAll({
        workspaceId,
        transcriptId,
        signal,
        onPage: (share) => progress(ANALYZING_AT * share, 'reading'),
      });
      const { request, userIds } = analysisRequest(spoken, language);
      const found = await analyzeMeeting({
        ...request,
        signal,
        onStage: (_stage, share) => progress(ANALYZING_AT + (SAVING_AT - ANALYZING_AT) * share, 'analyzing'),
      });
      const { draft, dropped } = keepVerbatim(found, request.segments);
      if (dropped > 0) deps.logger.error({ taskId, dropped }, 'items without verbatim evidence dropped');
      progress(SAVING_AT, 'saving');
      return async (tx) => {
        const at = deps.clock();
        const finished = { workspaceId, transcriptId, taskId, requestedBy, spoken, draft, userIds, at };
        const minutes = await storeMinutes(tx, finished);
        return { minutesId: minutes.id };
      };
    },
  });
}
