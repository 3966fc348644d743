import type { EntityManager } from 'typeorm';
import { type SagaStepEnd, sagaStepEnded } from '../contracts/index.ts';
import { AppError } from '../errors/index.ts';
import { type EventSubscription, onEvent } from '../events/index.ts';
import { faultPoint } from '../faults/index.ts';
import type { Messaging } from '../messaging/index.ts';
import { cancelSubject, type TaskRow } from '../tasks/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { advance, compensate, recordEnd } from './advance.ts';
import { policyOf, requestStep, type SagaContext } from './drive-step.ts';
import { isCommitted } from './plan.ts';
import type { SagaDefinition } from './saga.ts';
import { lockSaga, moveStep, readSteps, type SagaRow, type StepRow, taskOfSaga } from './saga-row.ts';
import { restartSaga } from './start-saga.ts';

/** The sagas of one service: what drives them are its event subscriptions, what repairs them is {@link wakeSaga}. */
export interface Orchestrator {
  readonly kinds: readonly string[];
  readonly subscriptions: readonly EventSubscription[];
  /** Turns a saga back unless its pivot has begun. @returns false when the task is no saga. */
  readonly cancel: (tx: EntityManager, task: TaskAddress) => Promise<boolean>;
  /** Runs a saga that was undone once more. @returns false when the task is no saga. */
  readonly restart: (tx: EntityManager, task: TaskAddress) => Promise<boolean>;
  /** Looks after the steps of a saga whose time has come; somebody else who has its lock does that too. */
  readonly wakeSaga: (tx: EntityManager, id: string) => Promise<void>;
}

type TaskAddress = Pick<TaskRow, 'id'> & { readonly workspaceId: string };

/** What {@link createOrchestrator} needs. */
export interface OrchestratorDeps {
  readonly service: string;
  readonly messaging: Messaging;
  readonly logger: Logger;
}

/** Builds the {@link Orchestrator} of the sagas that a service defines. */
export function createOrchestrator(
  deps: OrchestratorDeps,
  definitions: readonly SagaDefinition[],
): Orchestrator {
  const contextOf = createContextOf(deps, definitions);
  const recordStepEnd = async (tx: EntityManager, workspaceId: string, end: SagaStepEnd): Promise<void> => {
    if (end.orchestrator !== deps.service) return;
    const saga = await lockSaga(tx, end.sagaId);
    if (saga?.workspace_id !== workspaceId) return;
    const step = (await readSteps(tx, saga.id)).find((one) => isAwaited(one, end));
    // Told twice, or of a round that is over.
    if (step === undefined) return;
    const context = contextOf(saga);
    await recordEnd(tx, context, { saga, step, end });
    faultPoint('saga:after-end');
    await advance(tx, context, saga);
  };
  return {
    kinds: definitions.map(({ kind }) => kind),
    subscriptions: subscriptionsOf(deps.service, definitions, recordStepEnd),
    cancel: async (tx, { id, workspaceId }) => {
      const saga = await lockSaga(tx, id);
      if (saga?.workspace_id !== workspaceId) return false;
      const committed = isCommitted(saga.stages, await readSteps(tx, id));
      if (saga.state === 'RUNNING' && !committed) await compensate(tx, contextOf(saga), saga);
      else deps.logger.info({ sagaId: id, state: saga.state }, 'saga not cancelled: there is no way back');
      return true;
    },
    restart: async (tx, { id, workspaceId }) => {
      const saga = await lockSaga(tx, id);
      if (saga?.workspace_id !== workspaceId) return false;
      const { service, definition } = contextOf(saga);
      await restartSaga(tx, definition, { service, workspaceId, id });
      return true;
    },
    wakeSaga: async (tx, id) => {
      const saga = await lockSaga(tx, id, { skipLocked: true });
      if (saga === undefined) return;
      const context = contextOf(saga);
      for (const step of await readSteps(tx, id))
        if (step.due && isUnderWay(step)) await repairStep(tx, context, { saga, step });
      await advance(tx, context, saga);
    },
  };
}

function createContextOf(
  { service, messaging, logger }: OrchestratorDeps,
  definitions: readonly SagaDefinition[],
): (saga: SagaRow) => SagaContext {
  const interrupt = (taskId: string): void =>
    messaging.connection.publish(cancelSubject(messaging.namespace, service, taskId));
  const byKind = new Map(definitions.map((definition) => [definition.kind, definition]));
  return ({ kind }) => {
    const definition = byKind.get(kind);
    if (definition === undefined) throw new AppError('INTERNAL', `No saga ${kind} is defined here.`);
    return { service, definition, logger, interrupt };
  };
}

function subscriptionsOf(
  service: string,
  definitions: readonly SagaDefinition[],
  record: (tx: EntityManager, workspaceId: string, end: SagaStepEnd) => Promise<void>,
): EventSubscription[] {
  if (definitions.length === 0) return [];
  const own = definitions.some(({ tasks = [] }) => tasks.length > 0) ? [service] : [];
  const told = new Set([...own, ...definitions.flatMap(({ participants }) => participants)]);
  return [
    {
      purpose: 'saga_ends',
      // Idempotent: an end counts only while the step waits for that very round.
      handlers: [...told].map((participant) =>
        onEvent(sagaStepEnded(participant), ({ workspaceId, payload }, tx) =>
          record(tx, workspaceId, payload),
        ),
      ),
    },
  ];
}

function isAwaited(step: StepRow, end: Pick<SagaStepEnd, 'step' | 'round' | 'action'>): boolean {
  const state = end.action === 'DO' ? 'DOING' : 'UNDOING';
  return step.step === end.step && step.round === end.round && step.state === state;
}

function isUnderWay({ state }: StepRow): boolean {
  return state === 'DOING' || state === 'UNDOING';
}

/** A request or an end may have been lost with a stream: the request is sent again, and who has ended tells it again. */
async function repairStep(
  tx: EntityManager,
  context: SagaContext,
  { saga, step }: { readonly saga: SagaRow; readonly step: StepRow },
): Promise<void> {
  const { state, task_id: taskId, failures } = step;
  const facts = { saga: saga.kind, sagaId: saga.id, step: step.step, state, failures };
  context.logger?.warn(facts, 'saga step has not ended yet, looking after it');
  await moveStep(tx, step, { state, wakeInMs: policyOf(context.definition).repairAfterMs });
  if (state === 'UNDOING' || taskId === null) {
    await requestStep(tx, context, { saga, step, action: state === 'DOING' ? 'DO' : 'UNDO' });
    // A request to stop may have been lost as well.
    if (state === 'DOING' && saga.state === 'COMPENSATING')
      await requestStep(tx, context, { saga, step, action: 'STOP' });
    return;
  }
  const task = await taskOfSaga(tx, taskId);
  if (task === undefined || task.finished_at === null) return;
  const outcome = task.state as SagaStepEnd['outcome'];
  const { result, error } = task;
  await recordEnd(tx, context, { saga, step, end: { action: 'DO', outcome, result, error } });
}
