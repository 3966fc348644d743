import { serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';

/** The environment of the meetings service. */
export const environment = serviceEnvironment.extend({
  /** Address of the page that people open; the links of shares lead there. @default GATEWAY_URL */
  APP_URL: z.url({ protocol: /^https?$/ }).optional(),
  /**
   * Comma-separated HMAC keys of at least 32 characters for the links of shares; the first signs, all verify, so that keys
   * can rotate. @default derived from INTERNAL_SIGNING_KEYS, with which links end when those are rotated out
   */
  SHARE_LINK_KEYS: z
    .string()
    .transform((keys) => keys.split(',').map((key) => key.trim()))
    .pipe(z.array(z.string().min(32, 'each key needs at least 32 characters')).min(1))
    .optional(),
});

/** The decoded environment of the meetings service. */
export type MeetingsConfig = z.output<typeof environment>;
