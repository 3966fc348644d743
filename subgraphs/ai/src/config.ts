import { serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';
import { llmSettings } from './llm-settings.ts';

/** The environment of the ai service. */
export const environment = serviceEnvironment.extend({
  /** Where clients reach this service to fetch exported files. @default the service's own http://HOST:PORT */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Meetings that one workspace may have analyzed in a day (UTC) by asking for it; 0 does not limit. */
  ANALYSES_PER_DAY: z.coerce.number().int().min(0).default(5_000),
  ...llmSettings,
});

export type AiConfig = z.output<typeof environment>;
