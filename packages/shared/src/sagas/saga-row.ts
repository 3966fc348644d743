import type { EntityManager } from 'typeorm';
import type { TaskKind } from '../contracts/index.ts';
import { changeTask, queryTasks, type TaskFailure, type TaskRow } from '../tasks/index.ts';
import type { SagaState, StageRules, StepState } from './plan.ts';
import type { SagaStep } from './saga.ts';

/** A row of the table `saga`. Its id is that of its task; whoever changes the saga or its steps holds its lock. */
export interface SagaRow {
  readonly id: string;
  readonly workspace_id: string;
  readonly kind: TaskKind;
  readonly state: SagaState;
  readonly stages: readonly StageRules[];
  /** Why it turns back; null when that was a cancellation. */
  readonly reason: TaskFailure | null;
  readonly requested_by: string | null;
}

/** A row of the table `saga_step`. */
export interface StepRow {
  readonly saga_id: string;
  readonly step: string;
  readonly stage: number;
  readonly state: StepState;
  /** Rises whenever the step has to be done or undone anew: what is told of an earlier round is passed over. */
  readonly round: number;
  /** Rounds that have failed one after the other although the step must succeed. */
  readonly failures: number;
  /** A step under way is looked after then, another one not tried before. */
  readonly wake_at: Date | null;
  readonly waiting: boolean;
  /** `wake_at` has passed. */
  readonly due: boolean;
  /** The own task of a {@link TaskStep}. */
  readonly task_id: string | null;
  readonly target: SagaStep;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly error: Pick<TaskFailure, 'code' | 'message'> | null;
}

/** Locks a saga; undefined when there is none, or when `skipLocked` and somebody else has it. */
export async function lockSaga(
  tx: EntityManager,
  id: string,
  options: { readonly skipLocked?: boolean } = {},
): Promise<SagaRow | undefined> {
  const [row]: SagaRow[] = await tx.query(
    `SELECT s.*, t.requested_by FROM saga s JOIN task t ON t.id = s.id WHERE s.id = $1
     FOR UPDATE OF s ${options.skipLocked === true ? 'SKIP LOCKED' : ''}`,
    [id],
  );
  return row;
}

/** The steps of a saga in their order. */
export async function readSteps(tx: EntityManager, sagaId: string): Promise<StepRow[]> {
  return await tx.query(
    `SELECT *, coalesce(wake_at > now(), false) AS waiting, coalesce(wake_at <= now(), false) AS due
     FROM saga_step WHERE saga_id = $1 ORDER BY stage, ordinal`,
    [sagaId],
  );
}

/** What {@link moveStep} changes; what is not named stays. `wakeInMs` null: nothing is to happen by itself. */
export interface StepMove {
  readonly state: StepState;
  readonly wakeInMs: number | null;
  readonly round?: number;
  readonly failures?: number;
  readonly taskId?: string | null;
  readonly result?: StepRow['result'];
  readonly error?: StepRow['error'];
}

/** Writes down where a step is now. */
export async function moveStep(tx: EntityManager, step: StepRow, move: StepMove): Promise<void> {
  const { result = step.result, error = step.error } = move;
  await tx.query(
    `UPDATE saga_step SET state = $3, since = CASE WHEN state = $3 THEN since ELSE now() END, wake_at = now() + make_interval(secs => $4), round = $5, failures = $6,
       task_id = $7, result = $8, error = $9 WHERE saga_id = $1 AND step = $2`,
    [
      step.saga_id,
      step.step,
      move.state,
      move.wakeInMs === null ? null : move.wakeInMs / 1000,
      move.round ?? step.round,
      move.failures ?? step.failures,
      move.taskId === undefined ? step.task_id : move.taskId,
      result === null ? null : JSON.stringify(result),
      error === null ? null : JSON.stringify(error),
    ],
  );
}

/** Writes down where the saga is now. */
export async function moveSaga(
  tx: EntityManager,
  id: string,
  move: Pick<SagaRow, 'state' | 'reason'>,
): Promise<void> {
  const reason = move.reason === null ? null : JSON.stringify(move.reason);
  await tx.query('UPDATE saga SET state = $2, reason = $3 WHERE id = $1', [id, move.state, reason]);
}

/** Shows in the task how far the saga is; tells nobody when that has not changed. */
export async function showProgress(
  tx: EntityManager,
  service: string,
  shown: { readonly id: string; readonly progress: number; readonly stage: string },
): Promise<void> {
  await changeTask(tx, service, {
    sql: `UPDATE task SET progress = greatest(progress, $2), stage = $3, revision = revision + 1
      WHERE id = $1 AND finished_at IS NULL AND (progress < $2 OR stage IS DISTINCT FROM $3) RETURNING *`,
    parameters: [shown.id, shown.progress, shown.stage],
  });
}

/** Ends the task of a saga. */
export async function endTask(
  tx: EntityManager,
  service: string,
  end: {
    readonly id: string;
    readonly state: 'COMPLETED' | 'FAILED' | 'CANCELLED';
    readonly error: TaskFailure | null;
    readonly result: Readonly<Record<string, unknown>> | null;
  },
): Promise<void> {
  await changeTask(tx, service, {
    sql: `UPDATE task SET state = $2, progress = CASE WHEN $2 = 'COMPLETED' THEN 1 ELSE progress END, stage = NULL,
        error = $3, result = $4, finished_at = now(), revision = revision + 1
      WHERE id = $1 AND finished_at IS NULL RETURNING *`,
    parameters: [
      end.id,
      end.state,
      end.error === null ? null : JSON.stringify(end.error),
      end.result === null ? null : JSON.stringify(end.result),
    ],
  });
}

/** The task of a saga. */
export async function taskOfSaga(tx: EntityManager, id: string): Promise<TaskRow | undefined> {
  const [row] = await queryTasks(tx, 'SELECT * FROM task WHERE id = $1', [id]);
  return row;
}
