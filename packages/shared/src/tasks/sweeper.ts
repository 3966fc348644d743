import type { Transact } from '../database/index.ts';
import { messageOf } from '../errors/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';
import { wakeWorker } from './enqueue.ts';
import { queryTasks } from './task-row.ts';

const BATCH_ROWS = 200;
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

/**
 * Wakes delayed retries when they are due, and tasks whose message was lost (a wiped or restored JetStream). Any number
 * of replicas may run it; a task woken twice is claimed once.
 */
export function startSweeper(
  deps: { readonly service: string; readonly transact: Transact; readonly logger: Logger },
  options: SweeperOptions = {},
): Sweeper {
  const { intervalMs = 1_000, lostAfterMs = 30_000 } = options;
  let sweeping: Promise<void> | undefined;
  const sweep = async (): Promise<void> => {
    try {
      const woken = await deps.transact((tx) => wakeDue(tx, deps.service, lostAfterMs));
      if (woken === 0) return;
      repaired.add(woken, { service: deps.service });
      deps.logger.info({ woken }, 'tasks woken');
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

async function wakeDue(
  tx: Parameters<typeof queryTasks>[0],
  service: string,
  lostAfterMs: number,
): Promise<number> {
  const rows = await queryTasks(
    tx,
    `UPDATE task SET woken_at = now() WHERE id IN (
       SELECT id FROM task t
       WHERE state IN ('PENDING', 'RETRYING', 'PROCESSING')
         AND woken_at < now() - make_interval(secs => CASE WHEN state = 'RETRYING' THEN 0.5 ELSE $1 END)
         AND CASE state
           WHEN 'RETRYING' THEN next_run_at < now() - interval '500 milliseconds'
           WHEN 'PROCESSING' THEN lease_until < now() - make_interval(secs => $1)
           ELSE true END
         AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.aggregate_key = 'task:' || t.id)
       ORDER BY t.created_at LIMIT ${BATCH_ROWS} FOR UPDATE SKIP LOCKED)
     RETURNING *`,
    [lostAfterMs / 1000],
  );
  for (const row of rows) await wakeWorker(tx, service, row);
  return rows.length;
}
