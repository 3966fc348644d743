import type { EntityManager } from 'typeorm';
import { type SagaStepEnd, sagaStepEnded } from '../contracts/index.ts';
import { addEvent } from '../outbox/index.ts';
import type { TaskRow } from './task-row.ts';

/** Which step of which saga a task is: who is told when it ends. */
export type SagaStepOf = Pick<SagaStepEnd, 'orchestrator' | 'sagaId' | 'step' | 'action' | 'round'>;

/**
 * Tells the saga that its step has ended, in the transaction that ended it: however a task ends, no end is missed. Telling
 * it again does no harm.
 */
export async function tellSaga(tx: EntityManager, service: string, row: TaskRow): Promise<void> {
  if (row.saga_step === null || row.finished_at === null) return;
  await addEvent(tx, {
    contract: sagaStepEnded(service),
    workspaceId: row.workspace_id,
    aggregateId: row.saga_step.sagaId,
    actorId: null,
    causationId: row.id,
    payload: {
      ...row.saga_step,
      taskId: row.id,
      outcome: row.state as SagaStepEnd['outcome'],
      result: row.result,
      error: row.error,
    },
  });
}
