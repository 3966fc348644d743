import type { BatchObservableCallback, Observable } from '@opentelemetry/api';
import { messageOf } from '../errors/index.ts';
import { meter } from '../telemetry/index.ts';
import type { Platform } from './platform.ts';

/** Beyond this many the exact number tells nothing more, and counting would only cost. */
const COUNTED_ROWS = 10_000;

const outboxMessages = meter.createObservableGauge('hoerok_outbox_messages', {
  description: `Outbox messages not published yet, counted up to ${COUNTED_ROWS}`,
});
const outboxAge = meter.createObservableGauge('hoerok_outbox_oldest_age', {
  unit: 's',
  description: 'Age of the oldest outbox message; 0 when there is none',
});
const tasks = meter.createObservableGauge('hoerok_tasks', {
  description: 'Unfinished tasks, by kind and state (waiting or processing)',
});
const GAUGES: Observable[] = [outboxMessages, outboxAge, tasks];

interface OutboxState {
  readonly messages: number;
  readonly age: number;
}

interface TaskCount {
  readonly kind: string;
  readonly processing: boolean;
  readonly tasks: number;
}

/**
 * Measures what waits in the database of a service, at each scrape and only then. Replicas of one service share the
 * database and so report the same numbers.
 * @returns stops measuring.
 */
export function observeBacklog(
  { service, dataSource, logger }: Pick<Platform, 'service' | 'dataSource' | 'logger'>,
  kinds: readonly string[],
): () => Promise<void> {
  const observe: BatchObservableCallback = async (result) => {
    try {
      const [outbox]: OutboxState[] = await dataSource.query(OUTBOX);
      result.observe(outboxMessages, outbox?.messages ?? 0, { service });
      result.observe(outboxAge, outbox?.age ?? 0, { service });
      const counts: TaskCount[] = await dataSource.query(TASKS);
      for (const kind of kinds) {
        for (const processing of [false, true]) {
          const count = counts.find((one) => one.kind === kind && one.processing === processing);
          const state = processing ? 'processing' : 'waiting';
          result.observe(tasks, count?.tasks ?? 0, { service, kind, state });
        }
      }
    } catch (error) {
      // The other metrics are still worth a scrape while the database is away.
      logger.debug({ reason: messageOf(error) }, 'backlog not measured');
    }
  };
  meter.addBatchObservableCallback(observe, GAUGES);
  return async () => meter.removeBatchObservableCallback(observe, GAUGES);
}

const OUTBOX = `SELECT
  (SELECT count(*) FROM (SELECT 1 FROM outbox LIMIT ${COUNTED_ROWS}) bounded)::int AS messages,
  coalesce((SELECT extract(epoch FROM now() - created_at) FROM outbox ORDER BY id LIMIT 1), 0)::float8 AS age`;

/** Goes by the index over unfinished tasks. */
const TASKS = `SELECT kind, state = 'PROCESSING' AS processing, count(*)::int AS tasks FROM task
  WHERE state IN ('PENDING', 'RETRYING', 'PROCESSING') GROUP BY 1, 2`;
