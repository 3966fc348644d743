import type { EntityManager } from 'typeorm';
import type { Transact } from '../database/index.ts';
import { faultPoint } from '../faults/index.ts';
import type { Logger } from '../telemetry/index.ts';
import { nextFireAt, type Schedule } from './schedule.ts';

/** For how long it is remembered that a time was fired. */
const KEEP_RUNS_DAYS = 30;
const LONGEST_PAUSE_MS = 60_000;

/** Fires the schedules of one service. */
export interface Scheduler {
  readonly stop: () => Promise<void>;
}

/** What {@link startScheduler} needs. */
export interface SchedulerDeps {
  readonly transact: Transact;
  readonly logger: Logger;
}

/** Times at which a schedule that has failed may be tried again; a matter of this process alone. */
type Pauses = Map<string, { readonly failures: number; readonly untilMs: number }>;

/**
 * Writes the schedules down as rows and fires each when it is due. Any number of replicas may run it: a row is fired by
 * the one that locks it, and each of its times once. A changed expression or zone counts from the start on; a time that
 * was missed meanwhile is still caught up with, once. A schedule that is not declared any more does not fire.
 */
export async function startScheduler(
  deps: SchedulerDeps,
  schedules: readonly Schedule[],
  options: { /** @default 1000 */ readonly intervalMs?: number } = {},
): Promise<Scheduler> {
  if (schedules.length === 0) return { stop: async () => undefined };
  await deps.transact(async (tx) => {
    for (const schedule of schedules) await declare(tx, schedule);
  });
  const byId = new Map(schedules.map((schedule) => [schedule.id, schedule]));
  const pauses: Pauses = new Map();
  const stopping = new AbortController();
  let firing: Promise<void> | undefined;
  const timer = setInterval(() => {
    firing ??= fireDue(deps, byId, { pauses, stopping: stopping.signal }).finally(() => {
      firing = undefined;
    });
  }, options.intervalMs ?? 1_000);
  return {
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await firing;
    },
  };
}

async function declare(tx: EntityManager, schedule: Schedule): Promise<void> {
  const [clock]: { now: Date }[] = await tx.query('SELECT now() AS now');
  const next = nextFireAt(schedule, clock?.now ?? new Date());
  await tx.query(
    `INSERT INTO schedule (id, cron, time_zone, next_fire_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET cron = excluded.cron, time_zone = excluded.time_zone,
       next_fire_at = CASE WHEN schedule.next_fire_at <= now() THEN schedule.next_fire_at ELSE excluded.next_fire_at END
     WHERE (schedule.cron, schedule.time_zone) IS DISTINCT FROM (excluded.cron, excluded.time_zone)`,
    [schedule.id, schedule.cron, schedule.timeZone, next],
  );
}

async function fireDue(
  deps: SchedulerDeps,
  byId: ReadonlyMap<string, Schedule>,
  run: { readonly pauses: Pauses; readonly stopping: AbortSignal },
): Promise<void> {
  for (const id of await findDue(deps, [...byId.keys()])) {
    const schedule = byId.get(id);
    const pause = run.pauses.get(id);
    if (schedule === undefined || run.stopping.aborted || performance.now() < (pause?.untilMs ?? 0)) continue;
    try {
      const fireAt = await deps.transact((tx) => fire(tx, schedule));
      faultPoint('schedule:after-commit');
      run.pauses.delete(id);
      if (fireAt !== null) deps.logger.info({ schedule: id, fireAt }, 'schedule fired');
    } catch (error) {
      // One that fails must not keep the others waiting, nor the database busy.
      const failures = (pause?.failures ?? 0) + 1;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** failures);
      run.pauses.set(id, { failures, untilMs: performance.now() + pauseMs });
      deps.logger.error({ schedule: id, failures, err: error }, 'schedule failed, trying again');
    }
  }
}

async function findDue({ transact, logger }: SchedulerDeps, ids: readonly string[]): Promise<string[]> {
  const sql = 'SELECT id FROM schedule WHERE id = ANY($1) AND next_fire_at <= now() ORDER BY next_fire_at';
  try {
    const rows: { id: string }[] = await transact((tx) => tx.query(sql, [ids]));
    return rows.map(({ id }) => id);
  } catch (error) {
    logger.warn({ err: error }, 'schedules not read, trying again');
    return [];
  }
}

/** Fires a schedule that is due; null when another replica does or did. */
async function fire(tx: EntityManager, schedule: Schedule): Promise<Date | null> {
  // The row says when: during a deployment an older replica must not go back to its older expression.
  const [due]: { cron: string; time_zone: string; next_fire_at: Date; now: Date }[] = await tx.query(
    `SELECT cron, time_zone, next_fire_at, now() AS now FROM schedule
     WHERE id = $1 AND next_fire_at <= now() FOR UPDATE SKIP LOCKED`,
    [schedule.id],
  );
  if (due === undefined) return null;
  const { id } = schedule;
  const fireAt = due.next_fire_at;
  const next = nextFireAt({ id, cron: due.cron, timeZone: due.time_zone }, due.now);
  await tx.query('UPDATE schedule SET next_fire_at = $2 WHERE id = $1', [id, next]);
  const recorded: unknown[] = await tx.query(
    'INSERT INTO schedule_run (schedule_id, fire_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING fire_at',
    [id, fireAt],
  );
  if (recorded.length === 0) return null;
  await schedule.run(tx, fireAt);
  await tx.query(
    'DELETE FROM schedule_run WHERE schedule_id = $1 AND fired_at < now() - make_interval(days => $2)',
    [id, KEEP_RUNS_DAYS],
  );
  faultPoint('schedule:before-commit');
  return fireAt;
}
