import { randomUUID } from 'node:crypto';
import type { TaskSnapshot } from '@hoerok/shared/contracts';

/** A task that waits, as its owner tells of it. */
export function snapshotOf(changes: Partial<TaskSnapshot> = {}): TaskSnapshot {
  return {
    __typename: 'Task',
    id: randomUUID(),
    kind: 'MINUTES',
    status: 'PENDING',
    priority: 'NORMAL',
    progress: 0,
    stage: null,
    attempt: 0,
    maxAttempts: 4,
    revision: 1,
    createdAt: '2026-03-04T01:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    nextAttemptAt: null,
    error: null,
    requestedBy: null,
    meeting: null,
    watchers: [],
    ...changes,
  };
}
