import type { TaskSnapshot } from '@hoerok/shared/contracts';
import type { Task } from '../entities/task.entity.ts';

/** The row that a snapshot of `owner` stands for. */
export function projectTask(
  snapshot: TaskSnapshot,
  source: { readonly workspaceId: string; readonly owner: string },
): Task {
  const { __typename, requestedBy, meeting, createdAt, startedAt, finishedAt, nextAttemptAt, ...same } =
    snapshot;
  return {
    ...same,
    ...source,
    createdAt: new Date(createdAt),
    startedAt: toDate(startedAt),
    finishedAt: toDate(finishedAt),
    nextAttemptAt: toDate(nextAttemptAt),
    requestedById: requestedBy?.id ?? null,
    meetingId: meeting?.id ?? null,
  };
}

function toDate(instant: string | null): Date | null {
  return instant === null ? null : new Date(instant);
}
