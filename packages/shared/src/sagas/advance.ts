import type { EntityManager } from 'typeorm';
import type { SagaStepEnd } from '../contracts/index.ts';
import { faultPoint } from '../faults/index.ts';
import type { TaskFailure } from '../tasks/index.ts';
import { policyOf, type SagaContext, startStep, stopStep, undoStep } from './drive-step.ts';
import { currentStage, mustSucceed, planNext } from './plan.ts';
import {
  endTask,
  moveSaga,
  moveStep,
  readSteps,
  type SagaRow,
  showProgress,
  type StepRow,
} from './saga-row.ts';

/**
 * Does what follows from the rows, inside the transaction that changed them and under the lock of the saga: so a saga never
 * rests between "this has happened" and "therefore that is asked for".
 */
export async function advance(tx: EntityManager, context: SagaContext, saga: SagaRow): Promise<void> {
  const steps = await readSteps(tx, saga.id);
  const plan = planNext(saga.state, saga.stages, steps);
  for (const step of plan.stop) await stopStep(tx, context, { saga, step });
  for (const step of plan.start) await startStep(tx, context, { saga, step });
  for (const step of plan.undo) await undoStep(tx, context, { saga, step });
  faultPoint('saga:before-commit');
  if (plan.state !== saga.state) {
    const moved = {
      ...saga,
      state: plan.state,
      reason: saga.state === 'RUNNING' ? reasonOf(saga, steps) : saga.reason,
    };
    await moveSaga(tx, saga.id, moved);
    // What follows from the new state is done at once: nobody may call again.
    await advance(tx, context, moved);
  } else if (plan.undo.some(({ target }) => 'task' in target && target.undo === null)) {
    await advance(tx, context, saga);
  } else {
    await show(tx, context, saga);
  }
}

/** Turns a RUNNING saga back; `reason` null says that a person wished it. */
export async function compensate(tx: EntityManager, context: SagaContext, saga: SagaRow): Promise<void> {
  const turned: SagaRow = { ...saga, state: 'COMPENSATING', reason: null };
  await moveSaga(tx, saga.id, turned);
  for (const step of await readSteps(tx, saga.id))
    if (step.state === 'DOING') await stopStep(tx, context, { saga, step });
  await advance(tx, context, turned);
}

/** Writes down how the present round of a step has ended. */
export async function recordEnd(
  tx: EntityManager,
  context: SagaContext,
  ended: {
    readonly saga: SagaRow;
    readonly step: StepRow;
    readonly end: Pick<SagaStepEnd, 'action' | 'outcome' | 'result' | 'error'>;
  },
): Promise<void> {
  const { saga, step, end } = ended;
  const succeeded = end.outcome === 'COMPLETED';
  const done = end.action === 'DO';
  if (succeeded) {
    const result = done ? end.result : step.result;
    const state = done ? 'DONE' : 'UNDONE';
    await moveStep(tx, step, { state, wakeInMs: null, failures: 0, result, error: null });
    return;
  }
  const error = end.error ?? { code: 'CANCELLED', message: 'The step was cancelled.' };
  if (done && !mustSucceed(saga.stages, step.stage)) {
    await moveStep(tx, step, { state: 'FAILED', wakeInMs: null, error });
    return;
  }
  const failures = step.failures + 1;
  const { backoffBaseMs, backoffMaxMs } = policyOf(context.definition);
  const wakeInMs = Math.min(backoffMaxMs, backoffBaseMs * 2 ** (failures - 1)) * Math.random();
  const facts = { saga: saga.kind, sagaId: saga.id, step: step.step, action: end.action, failures, error };
  context.logger?.error(facts, 'saga is stuck: a step that must succeed has failed, trying again');
  const state = done ? 'PLANNED' : 'DONE';
  await moveStep(tx, step, { state, wakeInMs, round: step.round + 1, failures, error });
}

/** Why a saga turns back, as clients may read it: the first failure that it does not go on from. */
function reasonOf(saga: SagaRow, steps: readonly StepRow[]): TaskFailure | null {
  const failed = steps.find(
    ({ state, stage }) => state === 'FAILED' && saga.stages[stage]?.onFailure === 'COMPENSATE',
  );
  if (failed?.error == null) return null;
  const { code, message } = failed.error;
  return { code, message: `${failed.step}: ${message}`, retryable: false };
}

async function show(tx: EntityManager, { service }: SagaContext, saga: SagaRow): Promise<void> {
  const { id, state, reason, stages } = saga;
  const steps = await readSteps(tx, id);
  const done = steps.filter((step) => step.state === 'DONE').length;
  const failed = steps.filter((step) => step.state === 'FAILED').length;
  if (state === 'COMPLETED') {
    await endTask(tx, service, { id, state, error: null, result: { done, failed } });
  } else if (state === 'COMPENSATED') {
    const ended = reason === null ? 'CANCELLED' : 'FAILED';
    await endTask(tx, service, { id, state: ended, error: reason, result: null });
  } else if (state === 'COMPENSATING') {
    const undone = steps.filter((step) => step.state === 'UNDONE').length;
    const undoing = steps.filter((step) => step.state === 'UNDOING').length;
    await showProgress(tx, service, { id, progress: 0, stage: `undo ${undone}/${done + undoing + undone}` });
  } else {
    const { name = '' } = stages[currentStage(stages, steps)] ?? {};
    const share = steps.length === 0 ? 1 : (done + failed) / steps.length;
    await showProgress(tx, service, {
      id,
      progress: share,
      stage: `${name} ${done + failed}/${steps.length}`,
    });
  }
}
