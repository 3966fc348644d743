import type { RetentionRule } from '@hoerok/shared/retention';
import type { TasksConfig } from './config.ts';

type RetentionDays = Pick<
  TasksConfig,
  'TASKS_KEEP_DAYS' | 'AUDIT_KEEP_DAYS' | 'DEAD_LETTERS_KEEP_DAYS' | 'DEAD_LETTERS_OPEN_KEEP_DAYS'
>;

/** For how long this service's tables keep their rows. A task stays in the view for as long as its owner has it. */
export function retentionOf(config: RetentionDays): RetentionRule[] {
  return [
    { table: 'task_view', since: 'finished_at', keepDays: config.TASKS_KEEP_DAYS },
    { table: 'operator_audit', since: 'at', keepDays: config.AUDIT_KEEP_DAYS },
    {
      table: 'dead_letter_view',
      since: 'at',
      only: 'replayed_at IS NOT NULL',
      keepDays: config.DEAD_LETTERS_KEEP_DAYS,
    },
    { table: 'dead_letter_view', since: 'at', keepDays: config.DEAD_LETTERS_OPEN_KEEP_DAYS },
  ];
}
