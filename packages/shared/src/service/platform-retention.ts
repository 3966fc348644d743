import type { ServiceConfig } from '../config/index.ts';
import { INBOX_KEEP_DAYS } from '../events/index.ts';
import type { RetentionRule } from '../retention/index.ts';

/** For how long the platform's own tables keep their rows; the relay and the scheduler look after theirs. */
export function platformRetention(config: ServiceConfig): RetentionRule[] {
  return [
    { table: 'inbox', since: 'received_at', keepDays: INBOX_KEEP_DAYS },
    // Its checkpoints, dead letters and saga go with a task.
    { table: 'task', since: 'finished_at', keepDays: config.TASKS_KEEP_DAYS },
    { table: 'audit_record', since: 'at', keepDays: config.AUDIT_KEEP_DAYS },
  ];
}
