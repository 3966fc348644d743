import { z } from 'zod';
import { seconds, speakerLabel, toDraft } from './json-draft.ts';

const word = z.object({ probability: z.number().optional(), score: z.number().optional() });
type Word = z.infer<typeof word>;

/**
 * A segment of Whisper, faster-whisper, WhisperX, OpenAI (`verbose_json`, `diarized_json`) or our own files; seconds.
 * Confidence is the stated one, else e to the mean log probability of a token, else the mean over words.
 */
export const whisperSegment = z
  .object({
    start: seconds,
    end: seconds,
    text: z.string(),
    speaker: speakerLabel,
    avg_logprob: z.number().nullish(),
    confidence: z.number().min(0).max(1).nullish(),
    words: z.array(word).nullish(),
  })
  .transform((item) => {
    const logprob = item.avg_logprob ?? undefined;
    const stated =
      item.confidence ?? (logprob === undefined ? meanScore(item.words ?? []) : Math.exp(logprob));
    return toDraft({ ...item, confidence: stated === undefined ? undefined : toConfidence(stated) });
  });

/** A segment of whisper.cpp (`--output-json`); milliseconds. */
export const whisperCppSegment = z
  .object({
    offsets: z.object({ from: z.number().nonnegative(), to: z.number().nonnegative() }),
    text: z.string(),
  })
  .transform(({ offsets, text }) => toDraft({ start: offsets.from / 1000, end: offsets.to / 1000, text }));

function meanScore(words: readonly Word[]): number | undefined {
  const scores = words.flatMap(({ probability, score }) => probability ?? score ?? []);
  return scores.length > 0 ? scores.reduce((sum, score) => sum + score, 0) / scores.length : undefined;
}

function toConfidence(value: number): number {
  return Math.round(Math.min(Math.max(value, 0), 1) * 10_000) / 10_000;
}
