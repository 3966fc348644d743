import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError } from '../errors/index.ts';
import { taskSubject } from '../messaging/index.ts';
import { addMessage } from '../outbox/index.ts';
import { traceHeaders } from '../telemetry/index.ts';
import { type EagerStart, reserveEagerStart } from './eager-start.ts';
import type { Lane, TaskDefinition } from './task-kind.ts';
import { announce, queryTasks, type TaskRow } from './task-row.ts';

/** What {@link enqueueTask} takes besides the definition. */
export interface EnqueueOptions<P> {
  /** Name of the service that owns the task. */
  readonly service: string;
  readonly workspaceId: string;
  readonly payload: P;
  readonly requestedBy: string | null;
  readonly meetingId: string | null;
  /** Users who may watch besides the one who asked. @default [] */
  readonly watchers?: readonly string[];
  /** @default 'normal' */
  readonly lane?: Lane;
  /** The same key, kind and workspace give the same task, however often it is asked for. */
  readonly idempotencyKey?: string;
  /**
   * Not before then, by the clock of the database; until then it waits with `nextAttemptAt`, and its deadline counts from
   * then on. A time that has passed means now. @default now
   */
  readonly runAt?: Date;
}

/**
 * Accepts a task inside `tx`: the row, the event that tells of it and the message that wakes a worker commit together.
 *
 * When this process has a free slot for it and nothing waits in its queue, the task starts right after the commit: the row
 * is PROCESSING already and needs no message. A delayed one gets its message from the sweeper, once it is due; until then
 * it counts as waiting.
 * @throws AppError `QUEUE_FULL` with `retryAfterSeconds` when the workspace has too many waiting; nothing is stored.
 */
export async function enqueueTask<P>(
  tx: EntityManager,
  definition: TaskDefinition<P>,
  options: EnqueueOptions<P>,
): Promise<TaskRow> {
  const known = await findByKey(tx, definition, options);
  if (known !== undefined) return known;
  const { lane = 'normal', runAt } = options;
  const eager = runAt === undefined ? reserveEagerStart(tx, definition.kind, lane) : null;
  if (eager === null) await admit(tx, definition, options.workspaceId);
  const row = await insert(tx, definition, { ...options, eager });
  // Another transaction has committed the same key in between.
  if (row === undefined) return (await findByKey(tx, definition, options)) ?? unreachable();
  await announce(tx, options.service, row);
  if (eager !== null) eager.begin(row);
  else if (row.next_run_at === null) await wakeWorker(tx, options.service, row);
  return row;
}

/** Adds the message that tells a worker to look at the row. Each call is a message of its own, never a duplicate. */
export async function wakeWorker(tx: EntityManager, service: string, row: TaskRow): Promise<void> {
  await addMessage(tx, {
    messageId: randomUUIDv7(),
    // Not that of the task: the worker need not wait until the event is stored.
    aggregateKey: wakeKey(row.id),
    subject: taskSubject(service, row.kind, row.lane),
    headers: { ...row.headers, 'x-task-id': row.id, 'x-workspace-id': row.workspace_id },
    payload: { taskId: row.id },
  });
}

/** Aggregate key of the messages that wake a worker for the task. */
function wakeKey(taskId: string): string {
  return `wake:${taskId}`;
}

async function findByKey<P>(
  tx: EntityManager,
  definition: TaskDefinition<P>,
  options: EnqueueOptions<P>,
): Promise<TaskRow | undefined> {
  if (options.idempotencyKey === undefined) return undefined;
  const sql = 'SELECT * FROM task WHERE workspace_id = $1 AND kind = $2 AND idempotency_key = $3';
  const [row] = await queryTasks(tx, sql, [options.workspaceId, definition.kind, options.idempotencyKey]);
  return row;
}

/** Soft bound: tasks that are being accepted at this very moment do not see one another. */
async function admit<P>(
  tx: EntityManager,
  definition: TaskDefinition<P>,
  workspaceId: string,
): Promise<void> {
  const { maxWaiting, retryAfterSeconds } = definition.policy;
  const rows: { waiting: number }[] = await tx.query(
    `SELECT count(*)::int AS waiting FROM (
       SELECT 1 FROM task
       WHERE workspace_id = $1 AND kind = $2 AND state IN ('PENDING', 'RETRYING') LIMIT $3) bounded`,
    [workspaceId, definition.kind, maxWaiting],
  );
  if ((rows[0]?.waiting ?? 0) < maxWaiting) return;
  throw new AppError('QUEUE_FULL', `${maxWaiting} tasks of this kind are waiting already. Try again later.`, {
    retryable: true,
    extensions: { retryAfterSeconds },
  });
}

async function insert<P>(
  tx: EntityManager,
  definition: TaskDefinition<P>,
  options: EnqueueOptions<P> & { readonly eager: EagerStart | null },
): Promise<TaskRow | undefined> {
  const { kind, policy } = definition;
  const watchers = new Set(options.watchers);
  if (options.requestedBy !== null) watchers.add(options.requestedBy);
  const [row] = await queryTasks(
    tx,
    `INSERT INTO task (id, workspace_id, kind, lane, max_attempts, payload, idempotency_key, requested_by,
       meeting_id, watchers, headers, next_run_at, deadline_at, state, attempt, lease_token, lease_until, started_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $13::timestamptz > now() THEN $13 END,
       greatest(now(), $13) + make_interval(secs => $12),
       CASE WHEN $14::text IS NULL THEN 'PENDING' ELSE 'PROCESSING' END, CASE WHEN $14 IS NULL THEN 0 ELSE 1 END,
       $14, CASE WHEN $14 IS NOT NULL THEN now() + make_interval(secs => $15) END, CASE WHEN $14 IS NOT NULL THEN now() END)
     ON CONFLICT (workspace_id, kind, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
     RETURNING *`,
    [
      randomUUIDv7(),
      options.workspaceId,
      kind,
      options.lane ?? 'normal',
      policy.maxAttempts,
      JSON.stringify(definition.payload.parse(options.payload)),
      options.idempotencyKey ?? null,
      options.requestedBy,
      options.meetingId,
      [...watchers],
      JSON.stringify(traceHeaders()),
      policy.deadlineMs / 1000,
      options.runAt ?? null,
      options.eager?.token ?? null,
      (options.eager?.leaseMs ?? 0) / 1000,
    ],
  );
  return row;
}

function unreachable(): never {
  throw new AppError('INTERNAL', 'A task with this key was there and is gone.', { logLevel: 'error' });
}
