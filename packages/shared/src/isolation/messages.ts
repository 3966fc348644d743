import { z } from 'zod';

/** Tells how far the work is: 0 to 1, and what it does now. */
export type Progress = (fraction: number, stage: string) => void;

/** The default export of a module that runs isolated. Input and output are copied: plain values, byte arrays, no functions. */
export type IsolatedWork<I, O> = (input: I, progress: Progress) => O | Promise<O>;

/** What an isolated process says. */
export const reply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), fraction: z.number(), stage: z.string() }),
  z.object({ kind: z.literal('done'), output: z.unknown() }),
  z.object({
    kind: z.literal('failed'),
    message: z.string(),
    stack: z.string(),
    /** Null for an error that is none of ours. */
    ours: z
      .object({
        code: z.string(),
        permanent: z.boolean(),
        retryable: z.boolean(),
        delayMs: z.number().nullable(),
      })
      .nullable(),
  }),
]);

export type Reply = z.output<typeof reply>;
