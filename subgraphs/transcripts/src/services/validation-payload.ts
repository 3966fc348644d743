import { z } from 'zod';

/** What the row of a validation task holds, besides its meeting. */
export const validationPayload = z.object({ transcriptId: z.string() });

export type ValidationPayload = z.output<typeof validationPayload>;

/** What a validation leaves in the row of its task; the findings have a table of their own. */
export const validationResult = z.object({
  transcriptId: z.string(),
  /** Of the transcript, as it was read. */
  transcriptRevision: z.number().int(),
  checkedSegments: z.number().int(),
  /** All that were found, also those that were not kept. */
  foundTotal: z.number().int(),
});

export type ValidationResult = z.output<typeof validationResult>;
