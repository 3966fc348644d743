import { serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';

/** The environment of the todos service. */
export const environment = serviceEnvironment.extend({
  /** Where calendars reach this service to read feeds. @default the service's own http://HOST:PORT */
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
});

export type TodosConfig = z.output<typeof environment>;
