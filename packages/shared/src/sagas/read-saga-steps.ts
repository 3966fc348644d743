import type { EntityManager } from 'typeorm';
import type { StepState } from './plan.ts';
import type { SagaStep } from './saga.ts';
import type { StepRow } from './saga-row.ts';

/** How one step of a saga stands, for a service that shows it. */
export interface SagaStepStanding {
  readonly sagaId: string;
  readonly id: string;
  readonly state: StepState;
  readonly target: SagaStep;
  /** The own task of a task step; null before its turn. */
  readonly taskId: string | null;
  readonly result: StepRow['result'];
  readonly error: StepRow['error'];
}

/** The steps of the sagas of one workspace, each saga's in their order. */
export async function readSagaSteps(
  tx: EntityManager,
  workspaceId: string,
  sagaIds: readonly string[],
): Promise<SagaStepStanding[]> {
  return await tx.query(
    `SELECT p.saga_id AS "sagaId", p.step AS id, p.state, p.target, p.task_id AS "taskId", p.result, p.error
     FROM saga_step p JOIN saga s ON s.id = p.saga_id
     WHERE s.workspace_id = $1 AND s.id = ANY($2) ORDER BY p.saga_id, p.stage, p.ordinal`,
    [workspaceId, [...sagaIds]],
  );
}
