import {
  defineSaga,
  defineSagaParticipant,
  type SagaDefinition,
  type SagaParticipant,
  taskStep,
} from '@hoerok/shared/sagas';
import type { TaskDefinition } from '@hoerok/shared/tasks';
import { z } from 'zod';
import { WRITER_NAMES } from '../services/minutes-writer.ts';
import type { MinutesOrder } from '../services/order-minutes.ts';
import { withdrawMinutes } from '../services/withdraw-minutes.ts';

/** What a BULK_MINUTES task is told. `language` null stands for each transcript's, `provider` null for the writer by default. */
export const bulkOrder = z.object({
  language: z.string().nullable(),
  provider: z.enum(WRITER_NAMES).nullable().default(null),
  meetings: z.array(z.object({ meetingId: z.string(), transcriptId: z.string() })),
});

export type BulkOrder = z.output<typeof bulkOrder>;

/** Meetings analyzed at a time. */
const WIDTH = 4;
const KIND = 'BULK_MINUTES';
const WITHDRAW = 'withdraw-minutes';

/**
 * BULK_MINUTES: a MINUTES task for each meeting, a few at a time and in the low lane, so that people who wait for one go
 * first. One that fails does not stop the others; a cancellation takes back what nobody has reviewed yet.
 */
export function createBulkMinutes(writeMinutes: TaskDefinition<MinutesOrder>): SagaDefinition<BulkOrder> {
  return defineSaga<BulkOrder>({
    kind: KIND,
    payload: bulkOrder,
    participants: ['ai'],
    tasks: [writeMinutes],
    policy: { maxUnfinished: 20, retryAfterSeconds: 60 },
    stages: [
      {
        name: 'analyzing',
        width: WIDTH,
        onFailure: 'CONTINUE',
        steps: ({ language, provider, meetings }) =>
          meetings.map(({ meetingId, transcriptId }) =>
            taskStep(writeMinutes, {
              id: meetingId,
              meetingId,
              payload: { transcriptId, language, provider },
              undo: { step: WITHDRAW, input: { meetingId } },
            }),
          ),
      },
    ],
  });
}

const madeMinutes = z.object({ minutesId: z.string() });

/** Takes back the minutes of one meeting when their bulk is cancelled. */
export const withdrawMinutesParticipant: SagaParticipant = defineSagaParticipant({
  saga: { kind: KIND, service: 'ai' },
  step: WITHDRAW,
  input: z.object({ meetingId: z.string() }),
  undo: async ({ workspaceId, sagaId, requestedBy, payload: { meetingId }, result }) => {
    const { minutesId } = madeMinutes.parse(result);
    return (tx) => withdrawMinutes(tx, { workspaceId, sagaId, requestedBy, meetingId, minutesId });
  },
}) as SagaParticipant;
