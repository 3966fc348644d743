import { serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';

/** The environment of the transcripts service. */
export const environment = serviceEnvironment.extend({
  /** Where clients reach this service to upload files. @default the service's own http://HOST:PORT */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
});

export type TranscriptsConfig = z.output<typeof environment>;
