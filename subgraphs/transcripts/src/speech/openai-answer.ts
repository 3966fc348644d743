import { PermanentError } from '@hoerok/shared/errors';
import { z } from 'zod';
import { acceptSegments, type HeardSpeech, spreadText } from '../domain/heard-speech.ts';

/** Forms of answer of `audio/transcriptions`, richest first. */
export const ANSWER_FORMATS = ['diarized_json', 'verbose_json', 'json', 'text'] as const;

/** One of {@link ANSWER_FORMATS}. */
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

const segment = z.object({
  start: z.unknown().optional(),
  end: z.unknown().optional(),
  text: z.string(),
  speaker: z.unknown().optional(),
  avg_logprob: z.number().nullish().catch(null),
});

const jsonAnswer = z.object({
  text: z.string().nullish(),
  language: z
    .string()
    .regex(/^[\p{L} -]{1,40}$/u)
    .nullish()
    .catch(null),
  duration: z.coerce.number().positive().nullish().catch(null),
  segments: z.array(segment).nullish(),
});

/**
 * Reads an answer: segments with their times where there are any, else the text alone, spread over the part.
 * @throws PermanentError `PROVIDER_ANSWER` for anything else, such as a page of HTML.
 */
export function readAnswer(
  format: AnswerFormat,
  answer: unknown,
  { durationMs }: { readonly durationMs: number | null },
): Pick<HeardSpeech, 'language' | 'segments'> {
  if (format === 'text' && typeof answer === 'string') {
    if (/^\s*<(!doctype|html|\?xml)/i.test(answer)) throw unreadable();
    return { language: null, segments: spreadText(answer, durationMs) };
  }
  const read = jsonAnswer.safeParse(answer);
  if (!read.success) throw unreadable();
  const { text, language = null, duration, segments } = read.data;
  if (text == null && segments == null) throw unreadable();
  const lengthMs = durationMs ?? (duration == null ? null : Math.round(duration * 1_000));
  const found =
    segments == null || segments.length === 0
      ? spreadText(text ?? '', lengthMs)
      : acceptSegments(
          segments.map(({ avg_logprob: logprob, start, end, text: said, speaker }) => {
            return {
              start,
              end,
              text: said,
              speaker,
              confidence: logprob == null ? undefined : Math.exp(logprob),
            };
          }),
          lengthMs,
        );
  return { language, segments: found };
}

function unreadable(): PermanentError {
  return new PermanentError(
    'PROVIDER_ANSWER',
    'The speech-to-text service answers in a form that it does not promise.',
  );
}
