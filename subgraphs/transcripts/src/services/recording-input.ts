import { languageTagInput } from '@hoerok/shared/graphql';
import { z } from 'zod';

const id = z.string().regex(/^[\w-]{1,100}$/, 'is not an id');

export const transcribeRecordingInput = z.object({
  recordingId: id,
  language: languageTagInput.nullish(),
  provider: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'is not the name of a provider')
    .nullish(),
  clientMutationId: z.string().min(1).max(100).nullish(),
});

export const deleteRecordingInput = z.object({ id, derived: z.boolean().nullish() });
