import { Cron } from 'croner';
import type { EntityManager } from 'typeorm';
import { AppError, messageOf } from '../errors/index.ts';

/** Work that is due again and again, at times that a cron expression names. */
export interface Schedule {
  /** Unique in its service, and the same for ever: it is the key of the row. */
  readonly id: string;
  /** Five fields: minute, hour, day of month, month, day of week. */
  readonly cron: string;
  /** IANA name of the zone whose clock the expression means. */
  readonly timeZone: string;
  /**
   * Runs in the transaction that records the fire time: what it writes commits once for each, or not at all. Short and
   * on the database only; long work it hands on with `enqueueTask(tx, ...)`, a task for each workspace it concerns. When
   * it throws, everything is rolled back and tried again, at growing intervals.
   *
   * @param fireAt the time that was due. After an outage it is the first one that was missed, and it stands for all.
   */
  readonly run: (tx: EntityManager, fireAt: Date) => Promise<void>;
}

/** Declares a schedule. @throws AppError `BAD_CONFIGURATION` for an expression or a zone that never fires. */
export function defineSchedule(schedule: Schedule): Schedule {
  nextFireAt(schedule, new Date(0));
  return Object.freeze(schedule);
}

/**
 * The first instant after `after` at which the expression fires.
 *
 * Daylight saving goes by the rules of Vixie cron: without a wildcard or a step in minute and hour, a time that the clock
 * skips fires right after the gap, and one that it shows twice fires the first time only; everything else follows the
 * clock as it is.
 * @throws AppError `BAD_CONFIGURATION` when there is none.
 */
export function nextFireAt(schedule: Pick<Schedule, 'id' | 'cron' | 'timeZone'>, after: Date): Date {
  const { id, cron, timeZone } = schedule;
  let next: Date | null;
  try {
    const options = {
      timezone: timeZone,
      mode: '5-part',
      fixedTimeRule: 'no-wildcard',
      paused: true,
    } as const;
    next = new Cron(cron, options).nextRun(after);
  } catch (error) {
    throw new AppError('BAD_CONFIGURATION', `Schedule ${id} (${cron}, ${timeZone}): ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (next !== null) return next;
  throw new AppError('BAD_CONFIGURATION', `Schedule ${id} (${cron}, ${timeZone}) never fires.`);
}
