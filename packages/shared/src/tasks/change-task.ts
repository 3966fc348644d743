import type { EntityManager } from 'typeorm';
import { queryPrepared } from '../database/index.ts';
import { meter } from '../telemetry/index.ts';
import { tellSaga } from './saga-step.ts';
import { eventHeadersOf, tellEvents, wakeUps } from './task-messages.ts';
import type { TaskRow } from './task-row.ts';

const ended = meter.createCounter('hoerok_tasks_ended', {
  description: 'Tasks that have ended, by kind and state (COMPLETED, FAILED, CANCELLED)',
});

const WAITING = `changed WHERE state = 'PENDING' AND next_run_at IS NULL`;

/** A statement that inserts or changes one row of `task`. */
export interface TaskChange {
  /** One of a fixed set; ends in `RETURNING *`. */
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Wakes a worker, too, when the row then waits for one. @default false */
  readonly wakes?: boolean;
}

/**
 * Changes one row and tells of it in one statement: the event `<service>.task.changed.v1` with the row as it is then goes
 * to the outbox. When the row is a step of a saga and has ended, a second one tells that saga.
 * @returns the row; undefined when the statement has found none, and then nothing is told.
 */
export async function changeTask(
  tx: EntityManager,
  service: string,
  change: TaskChange,
): Promise<TaskRow | undefined> {
  const known = change.parameters.length;
  const sql = `WITH changed AS (${change.sql}), told AS (${tellEvents('changed', known + 1)})
    ${change.wakes === true ? `, woken AS (${wakeUps(WAITING, known + 1)})` : ''}
    SELECT * FROM changed`;
  const [row] = await queryPrepared<TaskRow>(tx, sql, [
    ...change.parameters,
    service,
    eventHeadersOf(service),
  ]);
  if (row !== undefined) await tellEnd(tx, service, row);
  return row;
}

async function tellEnd(tx: EntityManager, service: string, row: TaskRow): Promise<void> {
  if (row.finished_at === null) return;
  // Every end of a task passes here. That a commit fails after it is rare enough for a rate.
  ended.add(1, { service, kind: row.kind, state: row.state });
  await tellSaga(tx, service, row);
}
