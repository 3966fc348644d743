import type { EntityManager } from 'typeorm';
import { sagaStepRequested, type SagaStepRequest } from '../contracts/index.ts';
import { onSettled } from '../database/index.ts';
import { AppError } from '../errors/index.ts';
import { addEvent } from '../outbox/index.ts';
import { enqueueTask, requestCancel, type SagaStepOf } from '../tasks/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { DEFAULT_SAGA_POLICY, type SagaDefinition, type SagaPolicy, type TaskStep } from './saga.ts';
import { moveStep, type SagaRow, type StepRow } from './saga-row.ts';

/** What drives a saga besides its rows. */
export interface SagaContext {
  readonly service: string;
  readonly definition: SagaDefinition;
  readonly logger: Logger | null;
  /** Tells the worker of an own task that it was cancelled; the row says so too. */
  readonly interrupt: (taskId: string) => void;
}

/** The policy of a saga with what it does not say. */
export function policyOf(definition: SagaDefinition): SagaPolicy {
  return { ...DEFAULT_SAGA_POLICY, ...definition.policy };
}

/** A step of a saga. */
export interface Move {
  readonly saga: SagaRow;
  readonly step: StepRow;
}

/** Has a step done; one that finds the queue full waits. */
export async function startStep(tx: EntityManager, context: SagaContext, move: Move): Promise<void> {
  const { saga, step } = move;
  const { repairAfterMs } = policyOf(context.definition);
  if (!('task' in step.target)) {
    await requestStep(tx, context, { ...move, action: 'DO' });
    await moveStep(tx, step, { state: 'DOING', wakeInMs: repairAfterMs });
    return;
  }
  try {
    const taskId = await enqueueStep(tx, context, { saga, step, target: step.target });
    await moveStep(tx, step, { state: 'DOING', wakeInMs: repairAfterMs, taskId });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'QUEUE_FULL') throw error;
    // Nothing was written. The step waits its turn, as everybody else.
    const { retryAfterSeconds = 30 } = error.extensions as { retryAfterSeconds?: number };
    await moveStep(tx, step, { state: 'PLANNED', wakeInMs: retryAfterSeconds * 1_000 });
  }
}

async function enqueueStep(
  tx: EntityManager,
  { service, definition }: SagaContext,
  { saga, step, target }: Move & { readonly target: TaskStep },
): Promise<string> {
  const task = definition.tasks?.find(({ kind }) => kind === target.task);
  if (task === undefined)
    throw new AppError('INTERNAL', `${saga.kind} does not list ${target.task} in its tasks.`);
  const { payload, lane, meetingId, watchers } = target;
  const row = await enqueueTask(tx, task, {
    service,
    workspaceId: saga.workspace_id,
    payload,
    lane,
    meetingId,
    watchers,
    requestedBy: saga.requested_by,
    idempotencyKey: stepKey({ sagaId: saga.id, step: step.step, action: 'DO', round: step.round }),
  });
  const stepOf: SagaStepOf = {
    orchestrator: service,
    sagaId: saga.id,
    step: step.step,
    action: 'DO',
    round: step.round,
  };
  await bindTask(tx, row.id, stepOf);
  return row.id;
}

/** Key of the task of a step: the same request is the same task, however often it comes. */
export function stepKey(step: Pick<SagaStepOf, 'sagaId' | 'step' | 'action' | 'round'>): string {
  return `saga:${step.sagaId}:${step.step}:${step.action}:${step.round}`;
}

/** Makes the end of a task known to a saga. */
export async function bindTask(tx: EntityManager, taskId: string, stepOf: SagaStepOf): Promise<void> {
  await tx.query('UPDATE task SET saga_step = $2 WHERE id = $1', [taskId, JSON.stringify(stepOf)]);
}

/** Has a step undone. */
export async function undoStep(tx: EntityManager, context: SagaContext, move: Move): Promise<void> {
  const { step } = move;
  if ('task' in step.target && step.target.undo === null) {
    await moveStep(tx, step, { state: 'UNDONE', wakeInMs: null });
    return;
  }
  await requestStep(tx, context, { ...move, action: 'UNDO' });
  await moveStep(tx, step, { state: 'UNDOING', wakeInMs: policyOf(context.definition).repairAfterMs });
}

/** Says that the DO of a step need not be finished; how it ends is told as ever. */
export async function stopStep(tx: EntityManager, context: SagaContext, move: Move): Promise<void> {
  const { saga, step } = move;
  if (!('task' in step.target)) {
    await requestStep(tx, context, { ...move, action: 'STOP' });
    return;
  }
  const taskId = step.task_id;
  if (taskId === null) return;
  const task = { id: taskId, workspaceId: saga.workspace_id };
  if ((await requestCancel(tx, context.service, task)) !== 'running') return;
  onSettled(tx, (committed) => {
    if (committed) context.interrupt(taskId);
  });
}

/** Asks a participant; the same request may be sent again. */
export async function requestStep(
  tx: EntityManager,
  { service }: SagaContext,
  { saga, step, action }: Move & { readonly action: SagaStepRequest['action'] },
): Promise<void> {
  await addEvent(tx, {
    contract: sagaStepRequested(service),
    workspaceId: saga.workspace_id,
    aggregateId: saga.id,
    actorId: saga.requested_by,
    payload: {
      sagaId: saga.id,
      saga: saga.kind,
      step: step.step,
      action,
      round: step.round,
      ...addressOf(step, service),
      result: action === 'UNDO' ? step.result : null,
      requestedBy: saga.requested_by,
    },
  });
}

/** Who does or undoes a step; nobody but the own service undoes one of its tasks. */
function addressOf(
  { target }: StepRow,
  service: string,
): Pick<SagaStepRequest, 'target' | 'participant' | 'input'> {
  const { step, input } = 'task' in target ? (target.undo ?? { step: '', input: {} }) : target;
  return { target: 'task' in target ? service : target.service, participant: step, input: { ...input } };
}
