import type { TaskPriority, TaskStatus } from '@hoerok/shared/contracts';
import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** Why an attempt failed, as clients may read it. */
export interface TaskError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** A row of the table `task_view`: the latest known state of a task that another service owns. */
export interface Task {
  readonly id: string;
  readonly workspaceId: string;
  /** The service whose row is the truth; commands are addressed to it. */
  readonly owner: string;
  readonly revision: number;
  /** A TaskKind, or one that is newer than this code: its field then answers an error, its row is kept. */
  readonly kind: string;
  readonly status: TaskStatus;
  readonly priority: TaskPriority;
  /** 0 to 1. */
  readonly progress: number;
  readonly stage: string | null;
  readonly attempt: number;
  readonly maxAttempts: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly error: TaskError | null;
  readonly requestedById: string | null;
  readonly meetingId: string | null;
  /** Users who may see it besides ADMIN and MANAGER. */
  readonly watchers: string[];
}

const instant = { type: 'timestamptz', nullable: true } as const;
const optionalText = { type: 'text', nullable: true } as const;

/** Maps {@link Task}. */
export const TaskSchema = new EntitySchema<Task>({
  name: 'Task',
  tableName: 'task_view',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'task_view_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    owner: { type: 'text' },
    revision: { type: 'integer' },
    kind: { type: 'text' },
    status: { type: 'text' },
    priority: { type: 'text' },
    progress: { type: 'double precision' },
    stage: optionalText,
    attempt: { type: 'integer' },
    maxAttempts: { type: 'integer', name: 'max_attempts' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    startedAt: { ...instant, name: 'started_at' },
    finishedAt: { ...instant, name: 'finished_at' },
    nextAttemptAt: { ...instant, name: 'next_attempt_at' },
    error: { type: 'jsonb', nullable: true },
    requestedById: { ...optionalText, name: 'requested_by_id' },
    meetingId: { ...optionalText, name: 'meeting_id' },
    watchers: { type: 'text', array: true },
  } satisfies Columns<Task>,
  indices: [
    { name: 'task_view_by_age', columns: ['workspaceId', 'createdAt', 'id'] },
    { name: 'task_view_by_meeting', columns: ['meetingId', 'createdAt', 'id'] },
    {
      name: 'task_view_unfinished',
      columns: ['workspaceId', 'kind'],
      where: `status IN ('PENDING', 'PROCESSING')`,
    },
    { name: 'task_view_failed', columns: ['workspaceId', 'finishedAt'], where: `status = 'FAILED'` },
    { name: 'task_view_finished', columns: ['finishedAt'], where: '(finished_at IS NOT NULL)' },
  ],
});
