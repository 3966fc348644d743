import type { EntityManager } from 'typeorm';
import type { Transact } from '../database/index.ts';
import { messageOf } from '../errors/index.ts';
import { type Messaging, streamNames } from '../messaging/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';
import { wakeUps } from './task-messages.ts';
import type { TaskRow } from './task-row.ts';
import { workQueueDurable } from './work-queue.ts';

const BATCH_ROWS = 200;
/** By how much JetStream, which brings a message back when the lease ends, goes first. */
const ORPHAN_GRACE_SECONDS = 2;
/** A row that waits so many times `lostAfterMs` is woken even behind a long queue. */
const PATIENCE = 20;
const repaired = meter.createCounter('hoerok_task_rewoken', { description: 'Task messages published again' });

/** Periodic care for the task rows of one database. */
export interface Sweeper {
  readonly stop: () => Promise<void>;
}

/** Timing of the {@link startSweeper}. */
export interface SweeperOptions {
  /** @default 1000 */
  readonly intervalMs?: number;
  /** How long a row may wait for its message, or stay behind its lease, before it is woken again. @default 30000 */
  readonly lostAfterMs?: number;
}

/** What {@link startSweeper} needs. */
export interface SweeperDeps {
  readonly service: string;
  readonly messaging: Messaging;
  readonly transact: Transact;
  readonly logger: Logger;
}

/**
 * Wakes delayed tasks and retries when they are due, and tasks whose message was lost (a wiped or restored JetStream).
 * Any number of replicas may run it; a task woken twice is claimed once.
 */
export function startSweeper(deps: SweeperDeps, options: SweeperOptions = {}): Sweeper {
  const { intervalMs = 1_000, lostAfterMs = 30_000 } = options;
  let sweeping: Promise<void> | undefined;
  const sweep = async (): Promise<void> => {
    try {
      const due = await wake(deps, DUE, []);
      const orphaned = await wake(deps, ORPHANED, []);
      const lost = await wakeLost(deps, lostAfterMs);
      if (due + orphaned + lost === 0) return;
      repaired.add(due + orphaned + lost, { service: deps.service });
      deps.logger.info({ due, orphaned, lost }, 'tasks woken');
    } catch (error) {
      deps.logger.warn({ reason: messageOf(error) }, 'sweep failed, trying again');
    }
  };
  const timer = setInterval(() => {
    sweeping ??= sweep().finally(() => {
      sweeping = undefined;
    });
  }, intervalMs);
  return {
    stop: async () => {
      clearInterval(timer);
      await sweeping;
    },
  };
}

/** A delayed task, or a retry whose message has left the queue, once its time has come. */
const DUE = `state IN ('PENDING', 'RETRYING') AND next_run_at <= now() AND woken_at < next_run_at`;

/** A row whose worker has died, woken once for each lease: one that started without the queue has no message to come back. */
const ORPHANED = `state = 'PROCESSING' AND woken_at < lease_until
  AND lease_until < now() - interval '${ORPHAN_GRACE_SECONDS} seconds'`;

/** A row that nobody works on although its message should have come `$1` seconds ago. */
const SILENT = `woken_at < now() - make_interval(secs => $1)
  AND ((state IN ('PENDING', 'RETRYING') AND coalesce(next_run_at <= now(), true))
    OR (state = 'PROCESSING' AND lease_until < now() - make_interval(secs => $1)))`;

/**
 * Wakes rows that seem to have lost their message. While the queue of their lane still holds messages they are taken to
 * wait in it: waking every waiting row again and again would fill the very queue that is already long.
 */
async function wakeLost(deps: SweeperDeps, lostAfterMs: number): Promise<number> {
  const silent = await deps.transact((tx) => findSilentLanes(tx, lostAfterMs));
  const empty: string[] = [];
  for (const lane of silent)
    if ((await countQueued(deps, lane)) === 0) empty.push(`${lane.kind}/${lane.lane}`);
  if (silent.length === 0) return 0;
  const lost = `${SILENT} AND (kind || '/' || lane = ANY($2) OR woken_at < now() - make_interval(secs => $3))`;
  const parameters = [lostAfterMs / 1000, empty, (lostAfterMs * PATIENCE) / 1000];
  return await wake(deps, lost, parameters);
}

type LaneName = Pick<TaskRow, 'kind' | 'lane'>;

async function findSilentLanes(tx: EntityManager, lostAfterMs: number): Promise<LaneName[]> {
  return await tx.query(`SELECT DISTINCT kind, lane FROM task WHERE ${SILENT}`, [lostAfterMs / 1000]);
}

async function countQueued(deps: SweeperDeps, lane: LaneName): Promise<number> {
  const { manager, namespace } = deps.messaging;
  const stream = streamNames(namespace, deps.service).tasks;
  try {
    return (await manager.consumers.info(stream, workQueueDurable(lane.kind, lane.lane))).num_pending;
  } catch (error) {
    // Without a stream there is no message. What is woken now waits in the outbox until NATS is back.
    deps.logger.debug({ reason: messageOf(error) }, 'work queue not there');
    return 0;
  }
}

async function wake(
  { transact, service }: SweeperDeps,
  which: string,
  parameters: readonly unknown[],
): Promise<number> {
  const sql = `WITH woken AS (
      UPDATE task SET woken_at = now() WHERE id IN (
        SELECT id FROM task t
        WHERE state IN ('PENDING', 'RETRYING', 'PROCESSING') AND ${which}
          AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.aggregate_key = 'wake:' || t.id)
        ORDER BY t.created_at LIMIT ${BATCH_ROWS} FOR UPDATE SKIP LOCKED)
      RETURNING *),
    told AS (${wakeUps('woken', parameters.length + 1)})
    SELECT count(*)::int AS woken FROM woken`;
  const [row]: { woken: number }[] = await transact((tx) => tx.query(sql, [...parameters, service]), {
    single: true,
  });
  return row?.woken ?? 0;
}
