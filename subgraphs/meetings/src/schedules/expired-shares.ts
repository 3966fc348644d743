import { defineSchedule } from '@hoerok/shared/tasks';
import { expireShares } from '../services/expire-shares.ts';

/** Looks every minute for shares that have run out. Late after an outage it tells of all of them. */
export const expiredSharesSchedule = defineSchedule({
  id: 'expired-shares',
  cron: '* * * * *',
  timeZone: 'UTC',
  run: (tx) => expireShares(tx, new Date()),
});
