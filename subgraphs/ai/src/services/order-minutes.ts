import { holdMeeting } from '@hoerok/shared/access';
import {
  enqueueTask,
  type Lane,
  requestCancel,
  type TaskDefinition,
  type TaskRow,
} from '@hoerok/shared/tasks';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { WRITER_NAMES } from './minutes-writer.ts';

/** The kind of task that writes minutes. */
export const MINUTES_KIND = 'MINUTES';

/** What a MINUTES task is told. `language` null stands for the transcript's, `provider` null for the writer by default. */
export const minutesOrder = z.object({
  transcriptId: z.string(),
  language: z.string().nullable(),
  provider: z.enum(WRITER_NAMES).nullable().default(null),
});

export type MinutesOrder = z.output<typeof minutesOrder>;

/** Who wants minutes of which transcript. */
export interface OrderMinutesOptions extends MinutesOrder {
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly requestedBy: string | null;
  readonly watchers: readonly string[];
  readonly lane: Lane;
  /** The same key in a workspace gives the same task. */
  readonly idempotencyKey: string | null;
}

/**
 * Accepts a MINUTES task inside the transaction. For a meeting that is hidden it is cancelled at once, as those that were
 * there before: if the meeting is shown again, all of them run. @throws AppError `QUEUE_FULL`.
 */
export type OrderMinutes = (tx: EntityManager, options: OrderMinutesOptions) => Promise<TaskRow>;

/** Builds {@link OrderMinutes} for the service's own definition of the task. */
export function createOrderMinutes(deps: {
  readonly service: string;
  readonly definition: TaskDefinition<MinutesOrder>;
}): OrderMinutes {
  return async (tx, { transcriptId, language, provider, idempotencyKey, ...order }) => {
    const hidden = (await holdMeeting(tx, order.meetingId)) === 'HIDDEN';
    const task = await enqueueTask(tx, deps.definition, {
      ...order,
      service: deps.service,
      payload: { transcriptId, language, provider },
      ...(idempotencyKey === null ? {} : { idempotencyKey }),
      // Not before it can be cancelled.
      ...(hidden ? { runAt: FAR_AHEAD } : {}),
    });
    if (hidden) await requestCancel(tx, deps.service, { id: task.id, workspaceId: order.workspaceId });
    return task;
  };
}

const FAR_AHEAD = new Date('9999-01-01T00:00:00Z');
