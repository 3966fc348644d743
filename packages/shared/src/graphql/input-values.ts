import { z } from 'zod';

/** A BCP 47 tag such as "ko", "en-GB" or "mul"; at most 35 characters. */
const LANGUAGE_TAG = /^(?=.{2,35}$)[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** A language in an input. */
export const languageTagInput: z.ZodString = z
  .string()
  .regex(LANGUAGE_TAG, 'must be a BCP 47 tag such as "ko" or "en-GB"');

// Offsets, which Intl takes as well, are no zones: they know no summer time.
const ZONE_NAME = /^[A-Za-z][\w+-]*(\/[\w+-]+)*$/;

/** A time zone in an input: any name that IANA knows, old and new ones (`Asia/Calcutta` and `Asia/Kolkata`) alike. */
export const timeZoneInput: z.ZodString = z
  .string()
  .max(64, 'takes at most 64 characters')
  .refine(isTimeZone, 'must be an IANA time zone such as "Asia/Seoul" or "UTC"');

function isTimeZone(name: string): boolean {
  if (!ZONE_NAME.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
