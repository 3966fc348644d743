import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type SagaStepRequest, sagaStepRequested } from '../contracts/index.ts';
import { onSettled } from '../database/index.ts';
import { PermanentError } from '../errors/index.ts';
import { type EventSubscription, onEvent } from '../events/index.ts';
import { faultPoint } from '../faults/index.ts';
import type { Messaging } from '../messaging/index.ts';
import {
  cancelSubject,
  DEFAULT_TASK_POLICY,
  defineTask,
  enqueueTask,
  queryTasks,
  requestCancel,
  type TaskDefinition,
  type TaskPolicy,
  tellSaga,
} from '../tasks/index.ts';
import { bindTask, stepKey } from './drive-step.ts';
import type { SagaParticipant } from './saga.ts';

const POLICY: TaskPolicy = Object.freeze({
  ...DEFAULT_TASK_POLICY,
  slots: { high: 0, normal: 4, low: 0 },
  maxWaiting: 10_000,
});

/** The payload of a SAGA_STEP task. */
const stepOrder = z.object({
  saga: z.string(),
  sagaId: z.string(),
  participant: z.string(),
  action: z.enum(['DO', 'UNDO']),
  input: z.record(z.string(), z.unknown()),
  result: z.record(z.string(), z.unknown()).nullable(),
  requestedBy: z.string().nullable(),
});
type StepOrder = z.output<typeof stepOrder>;

/** What a service needs to take part in sagas. */
export interface Participation {
  readonly tasks: readonly TaskDefinition[];
  readonly subscriptions: readonly EventSubscription[];
}

/** Builds the {@link Participation} of a service. */
export function createParticipation(
  deps: { readonly service: string; readonly messaging: Messaging },
  participants: readonly SagaParticipant[],
): Participation {
  if (participants.length === 0) return { tasks: [], subscriptions: [] };
  const task = createStepTask(participants);
  const orchestrators = new Set(participants.map(({ saga }) => saga.service));
  const handlers = [...orchestrators].map((orchestrator) =>
    onEvent(sagaStepRequested(orchestrator), async ({ workspaceId, payload }, tx) => {
      if (payload.target !== deps.service) return;
      const request = { orchestrator, workspaceId, ...payload };
      if (payload.action === 'STOP') await stopStep(tx, deps, request);
      else await acceptStep(tx, { service: deps.service, task }, { ...request, action: payload.action });
    }),
  );
  // Idempotent: the same request is the same task.
  return { tasks: [task as TaskDefinition], subscriptions: [{ purpose: 'saga_orders', handlers }] };
}

type Request = SagaStepRequest & { readonly orchestrator: string; readonly workspaceId: string };

async function acceptStep(
  tx: EntityManager,
  own: { readonly service: string; readonly task: TaskDefinition<StepOrder> },
  request: Request & { readonly action: 'DO' | 'UNDO' },
): Promise<void> {
  const { orchestrator, workspaceId, sagaId, step, action, round, ...order } = request;
  const row = await enqueueTask(tx, own.task, {
    service: own.service,
    workspaceId,
    payload: { ...order, sagaId, action },
    // People follow the task of the saga; its steps are for operators.
    requestedBy: null,
    meetingId: null,
    idempotencyKey: stepKey(request),
  });
  await bindTask(tx, row.id, { orchestrator, sagaId, step, action, round });
  // It had ended before: whoever asks again has not heard of it.
  await tellSaga(tx, own.service, row);
  faultPoint('saga:after-accept');
}

/** A DO that has not been accepted yet is done to its end, and undone then. */
async function stopStep(
  tx: EntityManager,
  { service, messaging }: { readonly service: string; readonly messaging: Messaging },
  request: Request,
): Promise<void> {
  const [task] = await queryTasks(
    tx,
    `SELECT * FROM task WHERE workspace_id = $1 AND kind = 'SAGA_STEP' AND idempotency_key = $2`,
    [request.workspaceId, stepKey({ ...request, action: 'DO' })],
  );
  if (task === undefined) return;
  const outcome = await requestCancel(tx, service, { id: task.id, workspaceId: request.workspaceId });
  if (outcome !== 'running') return;
  onSettled(tx, (committed) => {
    if (committed) messaging.connection.publish(cancelSubject(messaging.namespace, service, task.id));
  });
}

function createStepTask(participants: readonly SagaParticipant[]): TaskDefinition<StepOrder> {
  return defineTask<StepOrder>({
    kind: 'SAGA_STEP',
    payload: stepOrder,
    policy: POLICY,
    run: async (job) => {
      const { saga, participant: name, action, sagaId, input, result, requestedBy } = job.payload;
      const participant = participants.find((one) => one.saga.kind === saga && one.step === name);
      if (participant === undefined)
        throw new PermanentError('BAD_MESSAGE', `Nobody here takes part in ${saga} as ${name}.`);
      const decoded = participant.input.safeParse(input);
      if (!decoded.success)
        throw new PermanentError('BAD_MESSAGE', `${saga} ${name}: ${decoded.error.message}`);
      const sagaJob = { ...job, payload: decoded.data, sagaId, result, requestedBy };
      const work = action === 'DO' ? participant.run?.(sagaJob) : participant.undo?.(sagaJob);
      return (await work) ?? (async () => ({}));
    },
  });
}
