import { onSettled } from '@hoerok/shared/database';
import { defineSchedule, type Schedule } from '@hoerok/shared/tasks';
import { doomOverdue, forgetOrphans } from '../repositories/recording-repository.ts';

/** Every hour: uploads that nobody went on with for a day, and recordings that have been kept for `retentionDays`, go, with what was heard in them. */
export function overdueRecordingsSchedule(deps: {
  /** 0 keeps them for ever. */
  readonly retentionDays: number;
  /** Called once files may be deleted. */
  readonly onDoomed: () => void;
}): Schedule {
  return defineSchedule({
    id: 'overdue-recordings',
    cron: '17 * * * *',
    timeZone: 'UTC',
    run: async (tx) => {
      await doomOverdue(tx, deps);
      await forgetOrphans(tx);
      onSettled(tx, deps.onDoomed);
    },
  });
}
