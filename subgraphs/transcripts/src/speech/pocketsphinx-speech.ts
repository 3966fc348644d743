import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PermanentError } from '@hoerok/shared/errors';
import { z } from 'zod';
import { acceptSegments } from '../domain/heard-speech.ts';
import { findProgram, runLimited } from './limited-program.ts';
import type { SpeechToText } from './speech-to-text.ts';
import { createWorkDirectory } from './work-directory.ts';

/** A line of what `pocketsphinx live` prints: begin and duration in seconds, probability, text. */
const line = z.object({
  b: z.unknown().optional(),
  d: z.number().catch(0),
  p: z.number().optional().catch(undefined),
  t: z.string(),
});

/** Five minutes at a time: the part that a crash repeats is small, and progress is seen. */
const MAX_SECONDS = 300;
const TIMEOUT_MS = 30 * 60_000;

/**
 * CMU Sphinx on this machine, for English only and by the program `pocketsphinx` (version 5), which is not part of Hoerok.
 * Nothing leaves the machine, and about one word in three of a meeting is wrong.
 * @param pocketsphinx a path, or a name to be looked for on PATH.
 */
export function createPocketsphinx(pocketsphinx: string): SpeechToText {
  return {
    name: 'pocketsphinx',
    accepts: { containers: 'pcm16k', maxBytes: 64 * 1024 * 1024, maxSeconds: MAX_SECONDS },
    capabilities: async () => ({
      available: (await findProgram(pocketsphinx)) !== null,
      models: ['en-us'],
      languages: ['en'],
      diarization: false,
      note: {
        en: 'On this machine. English, read speech; about one word in three is wrong in meetings. No Korean.',
        ko: '이 서버에서만 처리합니다. 영어 낭독용이며 회의에서는 단어 셋 중 하나가 틀립니다. 한국어는 알아듣지 못합니다.',
      },
    }),
    transcribe: async ({ audio, durationMs, language, signal }) => {
      const program = await findProgram(pocketsphinx);
      if (program === null)
        throw new PermanentError('STT_NOT_CONFIGURED', 'The program pocketsphinx is not installed here.');
      if (language !== null && language !== 'mul' && !/^en\b/.test(language))
        throw new PermanentError('PROVIDER_REFUSED', 'pocketsphinx understands English only.');
      const directory = await createWorkDirectory();
      try {
        const path = join(directory, 'part.wav');
        await writeFile(path, audio.stream(), { mode: 0o600, signal });
        const printed = await runLimited({
          path: program,
          args: ['live', path],
          directory,
          timeoutMs: TIMEOUT_MS,
          maxMemoryMiB: 2_048,
          maxOutputBytes: 16 * 1024 * 1024,
          signal,
          logComplaints: false,
        });
        return {
          model: 'pocketsphinx en-us',
          language: 'en',
          segments: acceptSegments(readLines(printed), durationMs),
        };
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

function readLines(
  printed: string,
): { start: unknown; end: unknown; text: string; confidence: number | undefined }[] {
  return printed
    .split('\n')
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const { b, d, p, t } = line.parse(parseJson(text));
      return { start: b, end: typeof b === 'number' ? b + d : undefined, text: t, confidence: p };
    });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PermanentError('PROVIDER_ANSWER', 'pocketsphinx printed what is no JSON.');
  }
}
