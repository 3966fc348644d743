import { enqueueTask, type Lane, type TaskDefinition, type TaskRow } from '@hoerok/shared/tasks';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

/** What a MINUTES task is told. `language` null stands for the transcript's. */
export const minutesOrder = z.object({ transcriptId: z.string(), language: z.string().nullable() });

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

/** Accepts a MINUTES task inside the transaction. @throws AppError `QUEUE_FULL`. */
export type OrderMinutes = (tx: EntityManager, options: OrderMinutesOptions) => Promise<TaskRow>;

/** Builds {@link OrderMinutes} for the service's own definition of the task. */
export function createOrderMinutes(deps: {
  readonly service: string;
  readonly definition: TaskDefinition<MinutesOrder>;
}): OrderMinutes {
  return (tx, { transcriptId, language, idempotencyKey, ...order }) =>
    enqueueTask(tx, deps.definition, {
      ...order,
      service: deps.service,
      payload: { transcriptId, language },
      ...(idempotencyKey === null ? {} : { idempotencyKey }),
    });
}
