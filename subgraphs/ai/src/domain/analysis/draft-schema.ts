import { z } from 'zod';
import type { DraftMinutes } from './draft-minutes.ts';

const evidence = z.object({
  segmentId: z.string(),
  quote: z.string(),
  startChar: z.number().int(),
  endChar: z.number().int(),
});

const item = z.object({ text: z.string(), evidence: z.array(evidence), confidence: z.number() });

/** {@link DraftMinutes} as they come from another process or out of the database. */
export const draftMinutesSchema: z.ZodType<DraftMinutes> = z.object({
  language: z.string(),
  overview: z.string(),
  points: z.array(item.extend({ speakerLabel: z.string(), topic: z.string().exactOptional() })),
  decisions: z.array(item),
  openQuestions: z.array(item),
  actionItems: z.array(
    item.extend({
      assigneeId: z.string().exactOptional(),
      assigneeName: z.string().exactOptional(),
      dueAt: z.string().exactOptional(),
      dueText: z.string().exactOptional(),
    }),
  ),
  schedule: z
    .array(
      item.extend({
        title: z.string(),
        attendeeIds: z.array(z.string()),
        allDay: z.boolean(),
        startsAt: z.string(),
        endsAt: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
  keywords: z.array(z.object({ text: z.string(), weight: z.number(), segmentIds: z.array(z.string()) })),
});
