import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { taskRetellRequested } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { addEvent } from '@hoerok/shared/outbox';
import { requireOperator } from '../domain/dead-letter.ts';
import { recordDeed } from '../repositories/operator-audit-repository.ts';

/** Asks all owners to tell of the tasks of the viewer's workspace, created since then, once more; of all for null. */
export type RetellTasks = (viewer: UserViewer, createdSince: Date | null) => Promise<void>;

/** Builds {@link RetellTasks}; the request and its audit row commit together. @throws AppError `FORBIDDEN`. */
export function createRetellTasks(deps: {
  readonly transact: Transact;
  readonly clock: () => Date;
}): RetellTasks {
  return (viewer, createdSince) =>
    deps.transact(async (tx) => {
      requireOperator(viewer);
      const deed = { action: 'RETELL_TASKS', targetIds: [], outcome: 'SENT', at: deps.clock() } as const;
      await recordDeed(tx, viewer, deed);
      await addEvent(tx, {
        contract: taskRetellRequested,
        workspaceId: viewer.workspaceId,
        aggregateId: randomUUIDv7(),
        payload: { createdSince: createdSince?.toISOString() ?? null },
        actorId: viewer.userId,
      });
    });
}
