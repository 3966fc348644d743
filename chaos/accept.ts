import type { Transact } from '@hoerok/shared/database';
import { qualify } from '@hoerok/shared/messaging';
import { addEvent } from '@hoerok/shared/outbox';
import { enqueueTask, type TaskDefinition } from '@hoerok/shared/tasks';
import {
  operationAccepted,
  type OperationPayload,
  SERVICE as service,
  WORKSPACE as workspaceId,
} from './operation.ts';

/** Where replicas take operations from clients. */
export function acceptSubject(namespace: string): string {
  return qualify(namespace, `accept.${service}`);
}

/** The mutation: operation, event and task commit together, and the same operation is accepted once. */
export async function acceptOperation(
  transact: Transact,
  task: TaskDefinition<OperationPayload>,
  payload: OperationPayload,
): Promise<void> {
  const { op } = payload;
  await transact(async (tx) => {
    const fresh: unknown[] = await tx.query(
      'INSERT INTO operation (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id',
      [op],
    );
    if (fresh.length > 0)
      await addEvent(tx, {
        contract: operationAccepted,
        workspaceId,
        aggregateId: op,
        payload: { id: op, revision: 1 },
        actorId: null,
      });
    const options = { service, workspaceId, requestedBy: null, meetingId: null, idempotencyKey: op };
    await enqueueTask(tx, task, { ...options, payload });
  });
}
