import { acrossWorkspaces, type Transact } from '../database/index.ts';
import { messageOf } from '../errors/index.ts';
import { type Logger, meter } from '../telemetry/index.ts';

const INTERVAL_MS = 3_600_000;
/** Soon enough for a process that never lives an hour, and not while everybody starts. */
const FIRST_MS = 60_000;
const BATCH_ROWS = 500;
const pruned = meter.createCounter('hoerok_rows_pruned', {
  description: 'Rows deleted because their time of retention is over',
});

/** For how long the rows of a table are kept. All of it is part of a statement: never from outside. */
export interface RetentionRule {
  readonly table: string;
  /** Its column, a `timestamptz` with an index, that says since when the time runs. Null: it does not run yet. */
  readonly since: string;
  /** SQL condition on the rows that may go. @default all of them */
  readonly only?: string;
  /** 0 keeps them for ever. */
  readonly keepDays: number;
}

/** What {@link startRetention} needs. */
export interface RetentionDeps {
  readonly service: string;
  readonly transact: Transact;
  readonly logger: Logger;
}

/** Deletes what is old enough, hour by hour. */
export interface Retention {
  readonly stop: () => Promise<void>;
}

/**
 * Deletes the rows whose time is over, a minute after the start and then every hour, 500 in a transaction. Any number of
 * replicas may run it: a row that one of them deletes is passed over by the others, and so is one that somebody changes.
 */
export function startRetention(
  deps: RetentionDeps,
  rules: readonly RetentionRule[],
  options: {
    /** @default 60000 */
    readonly firstMs?: number;
    /** @default 3600000 */
    readonly intervalMs?: number;
  } = {},
): Retention {
  const stopping = new AbortController();
  let pruning: Promise<void> | undefined;
  const prune = (): void => {
    pruning ??= deleteOld(deps, rules, stopping.signal).finally(() => {
      pruning = undefined;
    });
  };
  const first = setTimeout(prune, options.firstMs ?? FIRST_MS);
  const timer = setInterval(prune, options.intervalMs ?? INTERVAL_MS);
  return {
    stop: async () => {
      stopping.abort();
      clearTimeout(first);
      clearInterval(timer);
      await pruning;
    },
  };
}

/** Deletes now what the rules let go, rule by rule; one that fails is logged and does not hold up the others. */
export async function deleteOld(
  deps: RetentionDeps,
  rules: readonly RetentionRule[],
  stopping?: AbortSignal,
): Promise<void> {
  for (const rule of rules) {
    if (rule.keepDays === 0) continue;
    let rows = 0;
    try {
      for (let batch = BATCH_ROWS; batch === BATCH_ROWS && stopping?.aborted !== true; rows += batch)
        batch = await deleteBatch(deps.transact, rule);
    } catch (error) {
      deps.logger.warn({ table: rule.table, reason: messageOf(error) }, 'old rows not deleted, trying again');
    }
    if (rows === 0) continue;
    pruned.add(rows, { service: deps.service, table: rule.table });
    deps.logger.info({ table: rule.table, rows, keepDays: rule.keepDays }, 'old rows deleted');
  }
}

/** Of every workspace: it is the platform that cleans up. */
async function deleteBatch(transact: Transact, rule: RetentionRule): Promise<number> {
  const { table, since, only = 'true', keepDays } = rule;
  // Locked first: whoever changes a row meanwhile, as somebody who starts a failed task again, keeps it.
  const sql = `WITH gone AS (
      DELETE FROM ${table} WHERE ctid = ANY(ARRAY(
        SELECT ctid FROM ${table} WHERE ${since} < now() - make_interval(days => $1) AND ${only}
        ORDER BY ${since} LIMIT ${BATCH_ROWS} FOR UPDATE SKIP LOCKED)) RETURNING 1)
    SELECT count(*)::integer AS rows FROM gone`;
  const [deleted] = await acrossWorkspaces(() =>
    transact((tx) => tx.query<{ rows: number }[]>(sql, [keepDays]), { single: true }),
  );
  return deleted?.rows ?? 0;
}
