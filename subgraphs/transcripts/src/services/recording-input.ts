import { z } from 'zod';
import { LANGUAGE_TAG } from '../domain/language-tag.ts';

const id = z.string().regex(/^[\w-]{1,100}$/, 'is not an id');

export const transcribeRecordingInput = z.object({
  recordingId: id,
  language: z.string().max(35).regex(LANGUAGE_TAG, 'must be a BCP 47 tag such as "ko" or "en-GB"').nullish(),
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'is not the name of a provider')
    .nullish(),
  clientMutationId: z.string().min(1).max(100).nullish(),
});

export const deleteRecordingInput = z.object({ id, derived: z.boolean().nullish() });
