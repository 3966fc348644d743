import { keepDays, serviceEnvironment } from '@hoerok/shared/config';
import type { z } from 'zod';

/** The environment of the tasks service. */
export const environment = serviceEnvironment.extend({
  /** Dead letters that were replayed; longer than their stream has them, so that none of them comes back. */
  DEAD_LETTERS_KEEP_DAYS: keepDays(90, 90),
  /** All others. */
  DEAD_LETTERS_OPEN_KEEP_DAYS: keepDays(90, 400),
});

export type TasksConfig = z.output<typeof environment>;
