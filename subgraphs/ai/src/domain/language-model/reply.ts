import { z } from 'zod';

const evidence = z.object({
  segment: z.number().describe('n of the line that the quote is from'),
  quote: z.string().describe('words of that line, copied character by character'),
});

const item = z.object({
  text: z.string().describe('one plain sentence'),
  evidence: z.array(evidence).describe('where it was said; never empty'),
});

const actionItem = item.extend({
  assignee: z
    .string()
    .nullable()
    .describe('name of who does it, exactly as it stands in the data; null when not said'),
  dueText: z
    .string()
    .nullable()
    .describe('the words that say when, copied from a quoted line; null when not said'),
});

/** What the language model answers about one section of a transcript, before any gate. Nothing in it can be trusted. */
export const sectionReply = z.object({
  points: z.array(item).describe('what was said that matters, at most 8'),
  decisions: z.array(item).describe('what was decided'),
  openQuestions: z.array(item).describe('what stayed open'),
  actionItems: z.array(actionItem).describe('what somebody promised or was asked to do'),
});

export type SectionReply = z.output<typeof sectionReply>;
export type ReplyItem = z.output<typeof item>;
export type ReplyActionItem = z.output<typeof actionItem>;

/** What it answers about the items of all sections, which it knows by number only. */
export const reduceReply = z.object({
  overview: z
    .array(
      z.object({
        text: z.string().describe('one sentence'),
        items: z.array(z.number()).describe('n of the items that it rests on; never empty'),
      }),
    )
    .describe('2 to 4 sentences that sum the meeting up'),
  keyPoints: z.array(z.number()).describe('n of the most important points, most important first, at most 12'),
  duplicates: z
    .array(z.object({ keep: z.number(), same: z.array(z.number()) }))
    .describe('items of one kind that say the same thing: n of the one to keep, and of the others'),
});

export type ReduceReply = z.output<typeof reduceReply>;

/** The JSON Schema of a reply, as `response_format` takes it with `strict`. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema);
  return rest;
}

/** A reply decoded, or in one line why it does not fit; the line holds none of the reply's text but names of its fields. */
export type Decoded<T> = { readonly value: T } | { readonly unfit: string };

/** PostgreSQL holds neither U+0000 nor half a surrogate pair, and JSON has ways to write both. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '');
}

/** Reads the text of a reply; a model that was not held to JSON may have put it in a code block. */
export function decodeReply<T>(schema: z.ZodType<T>, text: string): Decoded<T> {
  const bare = text.trim().replace(/^```(?:json)?\s*\n?([\s\S]*?)\n?```$/u, '$1');
  let json: unknown;
  try {
    json = JSON.parse(bare, (_, value: unknown) => (typeof value === 'string' ? storable(value) : value));
  } catch {
    return { unfit: 'it is not one JSON object' };
  }
  const decoded = schema.safeParse(json);
  if (decoded.success) return { value: decoded.data };
  const [first] = decoded.error.issues;
  return { unfit: `${first?.path.join('.') ?? ''}: ${first?.message ?? 'does not fit'}` };
}
