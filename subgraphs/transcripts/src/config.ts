import { serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';

/** The environment of the transcripts service. */
export const environment = serviceEnvironment.extend({
  /** Where clients reach this service to upload files. @default the service's own http://HOST:PORT */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Transcripts that one workspace may import in a day (UTC); 0 does not limit. */
  IMPORTS_PER_DAY: z.coerce.number().int().min(0).default(5_000),
});

export type TranscriptsConfig = z.output<typeof environment>;
