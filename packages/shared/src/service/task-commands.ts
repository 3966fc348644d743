import type { EntityManager } from 'typeorm';
import { taskCancelRequested, taskRetellRequested, taskRetryRequested } from '../contracts/index.ts';
import { type EventSubscription, onEvent } from '../events/index.ts';
import type { Orchestrator } from '../sagas/index.ts';
import {
  cancelSubject,
  requestCancel,
  restartTask,
  retellTasks,
  type TaskDefinition,
} from '../tasks/index.ts';
import type { Platform } from './platform.ts';

/**
 * How the owner of a task obeys the tasks subgraph. Idempotent: a task that has ended is not cancelled, one that has
 * not failed is not restarted, and readers pass over what is told again.
 */
export function requestCommands(
  platform: Pick<Platform, 'service' | 'messaging'>,
  definitions: readonly TaskDefinition[],
  sagas: Orchestrator,
): EventSubscription[] {
  if (definitions.length + sagas.kinds.length === 0) return [];
  const { service, messaging } = platform;
  const deadlineMs = Math.max(0, ...definitions.map(({ policy }) => policy.deadlineMs));
  return [
    {
      purpose: 'task_commands',
      handlers: [
        onEvent(taskCancelRequested, async ({ payload, workspaceId }, tx) => {
          if (payload.owner !== service) return;
          const task = { id: payload.taskId, workspaceId };
          if (await sagas.cancel(tx, task)) return;
          const outcome = await requestCancel(tx, service, task);
          if (outcome === 'running')
            messaging.connection.publish(cancelSubject(messaging.namespace, service, payload.taskId));
        }),
        onEvent(taskRetryRequested, async ({ payload, workspaceId }, tx) => {
          if (payload.owner !== service) return;
          const task = { id: payload.taskId, workspaceId };
          if (await sagas.restart(tx, task)) return;
          if (await leaveSaga(tx, task)) await restartTask(tx, service, { ...task, deadlineMs });
        }),
        onEvent(taskRetellRequested, async ({ payload, workspaceId }, tx) => {
          const createdSince = payload.createdSince === null ? null : new Date(payload.createdSince);
          await retellTasks(tx, service, { workspaceId, createdSince });
        }),
      ],
    },
  ];
}

/**
 * A task that a person restarts is no step of a saga any more: that has counted its end already. False for a participant's
 * step, which has no meaning without its saga.
 */
async function leaveSaga(tx: EntityManager, task: { id: string; workspaceId: string }): Promise<boolean> {
  const [row]: { kind: string }[] = await tx.query(
    'SELECT kind FROM task WHERE id = $1 AND workspace_id = $2 FOR UPDATE',
    [task.id, task.workspaceId],
  );
  if (row === undefined || row.kind === 'SAGA_STEP') return false;
  await tx.query(
    `UPDATE task SET saga_step = NULL WHERE id = $1 AND state IN ('FAILED', 'CANCELLED') AND saga_step IS NOT NULL`,
    [task.id],
  );
  return true;
}
