import { z } from 'zod';

/** What the row of a TRANSCRIPTION task holds. */
export const transcriptionPayload = z.object({
  meetingId: z.string(),
  recordingId: z.string(),
  /** BCP 47 tag: as the sender said, else that of the meeting. Never found out silently. */
  language: z.string(),
  /** Name of the provider. */
  provider: z.string(),
});

export type TranscriptionPayload = z.output<typeof transcriptionPayload>;
