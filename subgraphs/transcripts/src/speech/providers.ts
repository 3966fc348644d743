import type { Logger } from '@hoerok/shared/telemetry';
import type { TranscriptsConfig } from '../config.ts';
import { createOpenAiSpeech } from './openai-speech.ts';
import { createPocketsphinx } from './pocketsphinx-speech.ts';
import type { SpeechToText } from './speech-to-text.ts';

/** The providers that are set up, the one first that is taken when none is asked for; none when STT_PROVIDER says so. */
export function createSpeechProviders(config: TranscriptsConfig, logger: Logger): SpeechToText[] {
  const { STT_URL: url, STT_PROVIDER: first = url === undefined ? 'none' : 'openai' } = config;
  if (first === 'none') return [];
  const openai =
    url === undefined
      ? []
      : [
          createOpenAiSpeech({
            url,
            model: config.STT_MODEL,
            apiKey: config.STT_API_KEY,
            maxBytes: config.STT_MAX_BYTES,
            maxSeconds: config.STT_CHUNK_SECONDS,
            timeoutMs: config.STT_TIMEOUT_SECONDS * 1_000,
            concurrency: config.STT_CONCURRENCY,
            logger,
          }),
        ];
  return first === 'pocketsphinx' ? [createPocketsphinx(config.POCKETSPHINX_PATH), ...openai] : openai;
}
