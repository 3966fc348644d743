import { taskCancelRequested, taskRetryRequested } from '../contracts/index.ts';
import { type EventSubscription, onEvent } from '../events/index.ts';
import { cancelSubject, requestCancel, restartTask, type TaskDefinition } from '../tasks/index.ts';
import type { Platform } from './platform.ts';

/**
 * How the owner of a task obeys the tasks subgraph. Idempotent: a task that has ended is not cancelled, one that has
 * not failed is not restarted.
 */
export function requestCommands(
  platform: Platform,
  definitions: readonly TaskDefinition[],
): EventSubscription[] {
  if (definitions.length === 0) return [];
  const { service, messaging } = platform;
  const longestDeadlineMs = Math.max(...definitions.map(({ policy }) => policy.deadlineMs));
  return [
    {
      purpose: 'task_commands',
      handlers: [
        onEvent(taskCancelRequested, async ({ payload, workspaceId }, tx) => {
          if (payload.owner !== service) return;
          const outcome = await requestCancel(tx, service, { id: payload.taskId, workspaceId });
          if (outcome === 'running')
            messaging.connection.publish(cancelSubject(messaging.namespace, payload.taskId));
        }),
        onEvent(taskRetryRequested, async ({ payload, workspaceId }, tx) => {
          if (payload.owner !== service) return;
          await restartTask(tx, service, { id: payload.taskId, workspaceId, deadlineMs: longestDeadlineMs });
        }),
      ],
    },
  ];
}
