import { serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';

/** The environment of the ai service. */
export const environment = serviceEnvironment.extend({
  /** Meetings that one workspace may have analyzed in a day (UTC) by asking for it; 0 does not limit. */
  ANALYSES_PER_DAY: z.coerce.number().int().min(0).default(5_000),
});

export type AiConfig = z.output<typeof environment>;
