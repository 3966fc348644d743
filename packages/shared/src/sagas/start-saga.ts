import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError } from '../errors/index.ts';
import { changeTask, findTaskByKey, type TaskRow } from '../tasks/index.ts';
import { token } from '../messaging/index.ts';
import { traceHeaders } from '../telemetry/index.ts';
import { advance } from './advance.ts';
import { policyOf, type SagaContext } from './drive-step.ts';
import type { StageRules } from './plan.ts';
import type { SagaDefinition } from './saga.ts';
import { lockSaga, type SagaRow, taskOfSaga } from './saga-row.ts';

/** What {@link startSaga} takes besides the definition. */
export interface SagaOptions<P> {
  /** Name of the service that orchestrates it. */
  readonly service: string;
  readonly workspaceId: string;
  readonly payload: P;
  readonly requestedBy: string | null;
  readonly meetingId: string | null;
  /** Users who may watch besides the one who asked. @default [] */
  readonly watchers?: readonly string[];
  /** The same key, kind and workspace give the same task, whatever has become of it; see {@link restartSaga}. */
  readonly idempotencyKey?: string;
}

/**
 * Accepts a saga inside `tx`: its task, its steps and the requests of the first ones commit together.
 * @throws AppError `QUEUE_FULL` with `retryAfterSeconds` when too many of the kind are unfinished; nothing is stored.
 */
export async function startSaga<P>(
  tx: EntityManager,
  definition: SagaDefinition<P>,
  options: SagaOptions<P>,
): Promise<TaskRow> {
  const known = await findTaskByKey(tx, definition.kind, options);
  if (known !== undefined) return known;
  await admit(tx, definition as SagaDefinition, options.workspaceId);
  const task = await insertTask(tx, definition, options);
  // Another transaction has committed the same key in between.
  if (task === undefined) return (await findTaskByKey(tx, definition.kind, options)) ?? unreachable();
  const saga = await insertSaga(tx, definition, task);
  await advance(tx, contextOf(definition as SagaDefinition, options.service), saga);
  return (await taskOfSaga(tx, task.id)) ?? task;
}

/** Runs a saga that ended FAILED or CANCELLED, and so was undone, once more from its first stage; null for any other. */
export async function restartSaga(
  tx: EntityManager,
  definition: SagaDefinition,
  wanted: { readonly service: string; readonly workspaceId: string; readonly id: string },
): Promise<TaskRow | null> {
  const saga = await lockSaga(tx, wanted.id);
  if (saga?.workspace_id !== wanted.workspaceId || saga.state !== 'COMPENSATED') return null;
  await tx.query(
    `UPDATE saga_step SET state = 'PLANNED', round = round + 1, failures = 0, wake_at = NULL, task_id = NULL,
       result = NULL, error = NULL WHERE saga_id = $1`,
    [saga.id],
  );
  await tx.query(`UPDATE saga SET state = 'RUNNING', reason = NULL WHERE id = $1`, [saga.id]);
  await changeTask(tx, wanted.service, {
    sql: `UPDATE task SET state = 'PROCESSING', progress = 0, stage = NULL, error = NULL, result = NULL, started_at = now(),
      finished_at = NULL, cancel_requested = false, revision = revision + 1 WHERE id = $1 RETURNING *`,
    parameters: [saga.id],
  });
  await advance(tx, contextOf(definition, wanted.service), { ...saga, state: 'RUNNING', reason: null });
  return (await taskOfSaga(tx, saga.id)) ?? null;
}

/** The context of those who start a saga: they stop nothing. */
function contextOf(definition: SagaDefinition, service: string): SagaContext {
  return { service, definition, logger: null, interrupt: () => undefined };
}

/** Soft bound, as that of a queue. */
async function admit(tx: EntityManager, definition: SagaDefinition, workspaceId: string): Promise<void> {
  const { maxUnfinished, retryAfterSeconds } = policyOf(definition);
  const [count]: { unfinished: number }[] = await tx.query(
    `SELECT count(*)::int AS unfinished FROM saga
     WHERE workspace_id = $1 AND kind = $2 AND state IN ('RUNNING', 'COMPENSATING')`,
    [workspaceId, definition.kind],
  );
  if ((count?.unfinished ?? 0) < maxUnfinished) return;
  const message = `${maxUnfinished} tasks of this kind are under way already. Try again later.`;
  throw new AppError('QUEUE_FULL', message, { retryable: true, extensions: { retryAfterSeconds } });
}

/** The saga itself drives this row: it is PROCESSING without a lease, so no worker claims it and no sweeper wakes it. */
async function insertTask<P>(
  tx: EntityManager,
  definition: SagaDefinition<P>,
  options: SagaOptions<P>,
): Promise<TaskRow | undefined> {
  const watchers = new Set(options.watchers);
  if (options.requestedBy !== null) watchers.add(options.requestedBy);
  return await changeTask(tx, options.service, {
    sql: `INSERT INTO task (id, workspace_id, kind, lane, state, attempt, max_attempts, payload, idempotency_key, requested_by,
        meeting_id, watchers, headers, started_at)
      VALUES ($1, $2, $3, 'normal', 'PROCESSING', 1, 1, $4, $5, $6, $7, $8, $9, now())
      ON CONFLICT (workspace_id, kind, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
      RETURNING *`,
    parameters: [
      randomUUIDv7(),
      token(options.workspaceId),
      definition.kind,
      JSON.stringify(definition.payload.parse(options.payload)),
      options.idempotencyKey ?? null,
      options.requestedBy,
      options.meetingId,
      [...watchers],
      JSON.stringify(traceHeaders()),
    ],
  });
}

async function insertSaga<P>(
  tx: EntityManager,
  definition: SagaDefinition<P>,
  task: TaskRow,
): Promise<SagaRow> {
  const { id, workspace_id, kind } = task;
  const stages = definition.stages.map(
    ({ name, width = 10, onFailure = 'COMPENSATE', pivot = false }): StageRules => {
      return { name, width, onFailure, pivot };
    },
  );
  await tx.query(
    `INSERT INTO saga (id, workspace_id, kind, state, stages) VALUES ($1, $2, $3, 'RUNNING', $4)`,
    [id, workspace_id, kind, JSON.stringify(stages)],
  );
  const payload = definition.payload.parse(task.payload);
  const steps = definition.stages.flatMap((stage, number) =>
    stage.steps(payload).map((target, ordinal) => ({ step: target.id, stage: number, ordinal, target })),
  );
  await tx.query(
    `INSERT INTO saga_step (saga_id, step, stage, ordinal, state, target)
     SELECT $1, s.step, s.stage, s.ordinal, 'PLANNED', s.target
     FROM jsonb_to_recordset($2) AS s (step text, stage integer, ordinal integer, target jsonb)`,
    [id, JSON.stringify(steps)],
  );
  return { id, workspace_id, kind, state: 'RUNNING', stages, reason: null, requested_by: task.requested_by };
}

function unreachable(): never {
  throw new AppError('INTERNAL', 'A saga with this key was there and is gone.', { logLevel: 'error' });
}
