import { z } from 'zod';
import { defineEvent, type EventContract } from './event-contract.ts';

const stepRequest = z.object({
  sagaId: z.string(),
  /** Kind of the saga. */
  saga: z.string(),
  /** Id of the step, unique within the saga. */
  step: z.string(),
  /** DO and UNDO are done once for each round; STOP says that the DO of the round need not be finished. */
  action: z.enum(['DO', 'UNDO', 'STOP']),
  /** Rises with every new try of the step. */
  round: z.number().int(),
  /** The service that is to act, and its participant. */
  target: z.string(),
  participant: z.string(),
  /** What the participant decodes. */
  input: z.record(z.string(), z.unknown()),
  /** What the DO answered; only for an UNDO. */
  result: z.record(z.string(), z.unknown()).nullable(),
  /** The user who asked for the saga. */
  requestedBy: z.string().nullable(),
});

const stepEnd = z.object({
  /** The service whose saga it is. */
  orchestrator: z.string(),
  sagaId: z.string(),
  step: z.string(),
  action: z.enum(['DO', 'UNDO']),
  round: z.number().int(),
  taskId: z.string(),
  outcome: z.enum(['COMPLETED', 'FAILED', 'CANCELLED']),
  result: z.record(z.string(), z.unknown()).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

/** What {@link sagaStepRequested} carries. */
export type SagaStepRequest = z.output<typeof stepRequest>;
/** What {@link sagaStepEnded} carries. */
export type SagaStepEnd = z.output<typeof stepEnd>;

/** A saga of `service` wants a step to be done, undone or stopped. The same request may come again: it is one task. */
export function sagaStepRequested(service: string): EventContract<typeof stepRequest> {
  return defineEvent({
    service,
    aggregate: 'saga-step',
    event: 'requested',
    version: 1,
    schema: stepRequest,
  });
}

/** A task of `service` that is a step of a saga has ended. */
export function sagaStepEnded(service: string): EventContract<typeof stepEnd> {
  return defineEvent({ service, aggregate: 'saga-step', event: 'ended', version: 1, schema: stepEnd });
}
