import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { AppError } from '../errors/index.ts';
import { token } from '../messaging/index.ts';
import { traceHeaders } from '../telemetry/index.ts';
import { changeTask } from './change-task.ts';
import { type EagerStart, reserveEagerStart } from './eager-start.ts';
import type { Lane, TaskDefinition } from './task-kind.ts';
import { queryTasks, type TaskRow } from './task-row.ts';

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
 * Accepts a task inside `tx`: the row, the event that tells of it and the message that wakes a worker commit together. It
 * is one statement when it is not refused.
 *
 * When this process has a free slot for it and nothing waits in its queue, the task starts right after the commit: the row
 * is PROCESSING already and needs no message. A delayed one gets its message from the sweeper, once it is due; until then
 * it counts as waiting. The bound of a queue is soft: tasks that are being accepted at the same moment do not see one
 * another.
 * @throws AppError `QUEUE_FULL` with `retryAfterSeconds` when the workspace has too many waiting; nothing is stored.
 */
export async function enqueueTask<P>(
  tx: EntityManager,
  definition: TaskDefinition<P>,
  options: EnqueueOptions<P>,
): Promise<TaskRow> {
  const { lane = 'normal', runAt } = options;
  const eager = runAt === undefined ? reserveEagerStart(tx, definition.kind, lane) : null;
  const row = await insert(tx, definition, { ...options, lane, eager });
  if (row !== undefined) {
    eager?.begin(row);
    return row;
  }
  const known = await findTaskByKey(tx, definition.kind, options);
  if (known !== undefined) return known;
  const { maxWaiting, retryAfterSeconds } = definition.policy;
  throw new AppError('QUEUE_FULL', `${maxWaiting} tasks of this kind are waiting already. Try again later.`, {
    retryable: true,
    extensions: { retryAfterSeconds },
  });
}

/** The task of the kind that was accepted under the key before; undefined without a key. */
export async function findTaskByKey(
  tx: EntityManager,
  kind: string,
  asked: Pick<EnqueueOptions<unknown>, 'workspaceId' | 'idempotencyKey'>,
): Promise<TaskRow | undefined> {
  if (asked.idempotencyKey === undefined) return undefined;
  const sql = 'SELECT * FROM task WHERE workspace_id = $1 AND kind = $2 AND idempotency_key = $3';
  const [row] = await queryTasks(tx, sql, [asked.workspaceId, kind, asked.idempotencyKey]);
  return row;
}

/** One that starts at once does not wait, so it is not counted against those that do. */
const INSERT = `
  INSERT INTO task (id, workspace_id, kind, lane, max_attempts, payload, idempotency_key, requested_by, meeting_id,
    watchers, headers, next_run_at, deadline_at, state, attempt, lease_token, lease_until, started_at)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, CASE WHEN $13::timestamptz > now() THEN $13 END,
    greatest(now(), $13) + make_interval(secs => $12), CASE WHEN eager THEN 'PROCESSING' ELSE 'PENDING' END, eager::integer,
    $14, CASE WHEN eager THEN now() + make_interval(secs => $15) END, CASE WHEN eager THEN now() END
  FROM (SELECT $14::text IS NOT NULL) AS start (eager)
  WHERE eager OR $16 > (SELECT count(*) FROM (
    SELECT 1 FROM task WHERE workspace_id = $2 AND kind = $3 AND state IN ('PENDING', 'RETRYING') LIMIT $16) waiting)
  ON CONFLICT (workspace_id, kind, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
  RETURNING *`;

/** Undefined when the key is taken or the queue is full. */
async function insert<P>(
  tx: EntityManager,
  definition: TaskDefinition<P>,
  options: EnqueueOptions<P> & { readonly lane: Lane; readonly eager: EagerStart | null },
): Promise<TaskRow | undefined> {
  const { kind, policy } = definition;
  const watchers = new Set(options.watchers);
  if (options.requestedBy !== null) watchers.add(options.requestedBy);
  const parameters = [
    randomUUIDv7(),
    token(options.workspaceId),
    kind,
    options.lane,
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
    policy.maxWaiting,
  ];
  return await changeTask(tx, options.service, { sql: INSERT, parameters, wakes: true });
}
