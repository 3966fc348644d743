import { defineSchedule } from '@hoerok/shared/tasks';
import { remindOfDueTodos } from '../services/remind-of-due-todos.ts';

/** Looks for todos that become due. Late after an outage it looks from the present, not from the time it missed. */
export const dueTodosSchedule = defineSchedule({
  id: 'due-todos',
  cron: '*/15 * * * *',
  timeZone: 'UTC',
  run: (tx) => remindOfDueTodos(tx, new Date()),
});
