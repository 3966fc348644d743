import { z } from 'zod';
import { numberedSpeaker, seconds, speakerLabel, toDraft } from './json-draft.ts';

const clock = z
  .string()
  .regex(/^(?:\d{1,3}:)?\d{1,3}:\d{2}(?:\.\d{1,3})?$/, 'expected seconds or a clock time such as 01:02')
  .transform((text) => text.split(':').reduce((total, part) => total * 60 + Number(part), 0));
const time = z.union([seconds, clock]);

const apiSentence = z
  .object({
    start_time: time,
    end_time: time,
    text: z.string().nullish(),
    raw_text: z.string().nullish(),
    speaker_name: speakerLabel,
    speaker_id: speakerLabel,
  })
  .transform((item) => ({
    ...item,
    start: item.start_time,
    end: item.end_time,
    text: item.text ?? item.raw_text ?? '',
  }));

const downloadedSentence = z
  .object({
    startTime: time,
    endTime: time,
    sentence: z.string(),
    speaker_name: speakerLabel,
    speaker_id: speakerLabel,
  })
  .transform((item) => ({ ...item, start: item.startTime, end: item.endTime, text: item.sentence }));

/** A sentence of Fireflies: its API writes snake case, its download camel case; seconds, or clock times. */
export const firefliesSentence = z
  .unknown()
  .transform((item, context) => {
    const isDownload = typeof item === 'object' && item !== null && 'sentence' in item;
    const read = (isDownload ? downloadedSentence : apiSentence).safeParse(item);
    if (read.success) return read.data;
    for (const { message, path } of read.error.issues) context.addIssue({ code: 'custom', message, path });
    return z.NEVER;
  })
  .transform((item) => toDraft({ ...item, speaker: item.speaker_name ?? numberedSpeaker(item.speaker_id) }));
