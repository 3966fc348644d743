import { createIsolate, type Isolate } from '@hoerok/shared/isolation';
import {
  DEFAULT_TASK_POLICY,
  defineTask,
  LANES,
  type TaskDefinition,
  type TaskPolicy,
} from '@hoerok/shared/tasks';
import type { Logger } from '@hoerok/shared/telemetry';
import type { DraftMinutes } from '../domain/analysis/draft-minutes.ts';
import { draftMinutesSchema } from '../domain/analysis/draft-schema.ts';
import { keepVerbatim } from '../domain/verbatim.ts';
import type { CopiedRequest } from '../domain/writing-request.ts';
import { analysisRequest } from '../services/analysis-request.ts';
import type { MinutesWriters } from '../services/minutes-writer.ts';
import { MINUTES_KIND, type MinutesOrder, minutesOrder } from '../services/order-minutes.ts';
import { storeMinutes } from '../services/store-minutes.ts';
import type { TranscriptReader } from '../services/transcript-reader.ts';
import { writeWithFallback } from '../services/write-with-fallback.ts';

/** The queue of the source design: at most 500 waiting, done within two hours. */
const POLICY: TaskPolicy = {
  ...DEFAULT_TASK_POLICY,
  slots: { high: 2, normal: 2, low: 1 },
  maxWaiting: 500,
  deadlineMs: 7_200_000,
};

/** Shares of the whole work at which its stages begin. */
const WRITING_AT = 0.3;
const SAVING_AT = 0.95;

/** The analysis of a meeting, outside this process. */
export type Analysis = Isolate<CopiedRequest, DraftMinutes>;

/** Every slot has a process, so that no lane waits for another. A transcript of 42,000 segments takes three seconds. */
export function createAnalysis(): Analysis {
  return createIsolate({
    name: 'analysis',
    module: new URL('./isolated-analysis.ts', import.meta.url),
    output: draftMinutesSchema,
    maxHeapMiB: 512,
    timeoutMs: 600_000,
    processes: LANES.reduce((sum, lane) => sum + POLICY.slots[lane], 0),
  });
}

/** What {@link createWriteMinutes} needs. */
export interface WriteMinutesDeps {
  readonly transcripts: TranscriptReader;
  readonly writers: MinutesWriters;
  readonly logger: Logger;
  readonly clock: () => Date;
}

/** The task that reads a transcript, has its minutes written and stores them; its result is `{ minutesId }`. */
export function createWriteMinutes(deps: WriteMinutesDeps): TaskDefinition<MinutesOrder> {
  return defineTask<MinutesOrder>({
    kind: MINUTES_KIND,
    payload: minutesOrder,
    policy: POLICY,
    ready: deps.transcripts.ready,
    run: async ({ taskId, workspaceId, requestedBy, payload, signal, progress, step, attempt }) => {
      const { transcriptId, language, provider } = payload;
      progress(0, 'reading');
      const spoken = await deps.transcripts.readAll({
        workspaceId,
        transcriptId,
        signal,
        onPage: (share) => progress(WRITING_AT * share, 'reading'),
      });
      const { request, userIds } = analysisRequest(spoken, language);
      const onStage = (stage: string, share: number): void =>
        progress(WRITING_AT + (SAVING_AT - WRITING_AT) * share, stage);
      const found = await writeWithFallback(deps.writers, {
        provider,
        request,
        job: { taskId, workspaceId, signal, step, onStage, revision: spoken.revision },
        isLastAttempt: attempt >= POLICY.maxAttempts,
        onFallback: (error, code) => deps.logger.warn({ taskId, code, err: error }, 'minutes fall back'),
      });
      const { draft, dropped } = keepVerbatim(found.draft, request.segments);
      if (dropped > 0) deps.logger.error({ taskId, dropped }, 'items without verbatim evidence dropped');
      progress(SAVING_AT, 'saving');
      return async (tx) => {
        const at = deps.clock();
        const written = { ...found, draft };
        const finished = { workspaceId, transcriptId, taskId, requestedBy, spoken, written, userIds, at };
        const minutes = await storeMinutes(tx, finished);
        return { minutesId: minutes.id };
      };
    },
  });
}
