import { z } from 'zod';
import { CAPTION_FORMATS } from '../domain/captions/captions-result.ts';

/** What the row of an import task holds, besides its meeting. */
export const importPayload = z.object({
  meetingId: z.string(),
  sourceId: z.string(),
  /** As the sender said; null leaves it to the captions and the meeting. */
  language: z.string().nullable(),
  /** As the sender said; null to tell from the content. */
  format: z.enum(CAPTION_FORMATS).nullable(),
});

export type ImportPayload = z.output<typeof importPayload>;
