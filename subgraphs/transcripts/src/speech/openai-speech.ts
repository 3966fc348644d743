import { AppError, PermanentError, RetryAfter } from '@hoerok/shared/errors';
import { createBoundedFetch, createProvider, retryAfterMs } from '@hoerok/shared/resilience';
import type { Logger } from '@hoerok/shared/telemetry';
import OpenAI, { APIConnectionError, APIError } from 'openai';
import type { HeardSpeech } from '../domain/heard-speech.ts';
import { mediaTypeOf } from '../domain/recording-type.ts';
import { ANSWER_FORMATS, type AnswerFormat, readAnswer } from './openai-answer.ts';
import type { SpeechPart, SpeechToText } from './speech-to-text.ts';

/** Where the endpoint is, and its bounds. */
export interface OpenAiSpeechSettings {
  /** Up to and without `/audio/transcriptions`, for example `https://api.openai.com/v1`. */
  readonly url: string;
  readonly model: string;
  /** Empty for a server that asks for none. */
  readonly apiKey: string;
  readonly maxBytes: number;
  readonly maxSeconds: number;
  /** Of one call. */
  readonly timeoutMs: number;
  /** Calls at the same time, of this process. */
  readonly concurrency: number;
  readonly logger: Logger;
}

/** An hour of speech with all that `verbose_json` says of it has two. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const BUSY_MS = 30_000;
const LONGEST_WAIT_MS = 10 * 60_000;

/**
 * Any server with OpenAI's `audio/transcriptions`: OpenAI, speaches, whisper.cpp, vLLM. It asks for the richest answer that the
 * model gives and comes down when that is refused: `diarized_json` (a model whose name says that it diarizes), `verbose_json`,
 * `json`, `text`. The server is not trusted: see `createBoundedFetch`, and `readAnswer`.
 */
export function createOpenAiSpeech(settings: OpenAiSpeechSettings): SpeechToText {
  const { model } = settings;
  const diarization = /diari[sz]/i.test(model);
  const name = 'The speech-to-text service';
  const client = createClient(settings, name);
  const provider = createProvider({
    name: 'speech-to-text',
    timeoutMs: settings.timeoutMs + 1_000,
    bulkhead: { concurrent: settings.concurrency, queued: 100 },
    breaker: { consecutiveFailures: 5, halfOpenAfterMs: 30_000 },
    // Whether it answers at all; a transcription would be paid for.
    probe: (signal) => client.get('/models', { signal }).catch(ignoreRefusal),
    logger: settings.logger,
  });
  const formats: AnswerFormat[] = ANSWER_FORMATS.filter(
    (format) => diarization || format !== 'diarized_json',
  );
  return {
    name: 'openai',
    accepts: {
      containers: ['wav', 'mp3', 'mp4', 'webm', 'ogg', 'flac'],
      maxBytes: settings.maxBytes,
      maxSeconds: settings.maxSeconds,
    },
    capabilities: async () => ({
      available: provider.state() !== 'open',
      models: [model],
      languages: null,
      diarization,
      note: {
        en: 'A service outside Hoerok that speaks the protocol of OpenAI: the recording is sent to it.',
        ko: 'OpenAI 규격을 따르는 외부 서비스입니다. 녹음이 그 서비스로 전송됩니다.',
      },
    }),
    ready: provider.ready,
    transcribe: async (part) => {
      const send = (format: AnswerFormat): Promise<unknown> =>
        provider.call((signal) => ask(client, { model, part, format, signal }), { signal: part.signal });
      for (;;) {
        const [format = 'json'] = formats;
        try {
          return { model, ...readAnswer(format, await send(format), part) } satisfies HeardSpeech;
        } catch (error) {
          if (!(error instanceof FormatRefused) || formats.length <= 1) throw explain(error);
          if (formats[0] === format) formats.shift();
        }
      }
    },
  };
}

function createClient(settings: OpenAiSpeechSettings, name: string): OpenAI {
  const boundedFetch = createBoundedFetch({
    name,
    maxResponseBytes: MAX_ANSWER_BYTES,
    timeoutMs: settings.timeoutMs,
  });
  return new OpenAI({
    baseURL: settings.url,
    apiKey: settings.apiKey === '' ? 'none' : settings.apiKey,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: settings.timeoutMs,
    logLevel: 'off',
    fetch: boundedFetch,
  });
}

/** The server does not know the form of answer that it was asked for. */
class FormatRefused extends Error {}

async function ask(
  client: OpenAI,
  asked: {
    readonly model: string;
    readonly part: SpeechPart;
    readonly format: AnswerFormat;
    readonly signal: AbortSignal;
  },
): Promise<unknown> {
  const { model, part, format, signal } = asked;
  // Whisper's languages have two letters; of a meeting in several, none may be named.
  const [language = ''] = part.language?.split('-') ?? [];
  const type = mediaTypeOf(part.container, '');
  const body = {
    model,
    file: new File([part.audio], `recording.${part.container === 'mp4' ? 'm4a' : part.container}`, { type }),
    response_format: format,
    temperature: 0,
    ...(language.length === 2 && { language }),
    ...(format === 'verbose_json' && { timestamp_granularities: ['segment' as const] }),
    ...(format === 'diarized_json' && { chunking_strategy: 'auto' as const }),
  };
  try {
    return await client.audio.transcriptions.create(body, { signal });
  } catch (error) {
    throw translate(error, format);
  }
}

/** Says in our words what became of a call; what the server says goes to the log as the cause. */
function translate(error: unknown, format: AnswerFormat): unknown {
  if (error instanceof APIConnectionError) return unwrap(error);
  if (!(error instanceof APIError) || error.status === undefined) return unwrap(error);
  const status = Number(error.status);
  const headers: Headers | undefined = error.headers as Headers | undefined;
  // What the server says may hold a part of our key, or of what was said: its codes are enough for the log.
  const cause = new Error(`status ${status}, ${codeOf(error.code)}, ${codeOf(error.type)}`);
  const waitMs = retryAfterMs(headers?.get('retry-after'), LONGEST_WAIT_MS);
  if (status === 429)
    return new RetryAfter(waitMs ?? BUSY_MS, 'The speech-to-text service is busy.', { cause });
  if (status >= 500 || status === 408) {
    const message = `The speech-to-text service fails (${status}).`;
    return waitMs === undefined
      ? new AppError('UNAVAILABLE', message, { retryable: true, cause })
      : new RetryAfter(waitMs, message, { cause });
  }
  const said = `${error.message} ${String(error.param)}`;
  if (
    (status === 400 || status === 422) &&
    format !== 'text' &&
    /response_format|verbose_json|diarized_json|timestamp_gran/i.test(said)
  )
    return new FormatRefused();
  return new PermanentError(
    'PROVIDER_REFUSED',
    `The speech-to-text service refuses the recording (${status}).`,
    { cause },
  );
}

const codeOf = (code: unknown): string =>
  typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : 'no code';

/** What our own fetch has thrown is in the middle of what the library makes of it. */
function unwrap(error: unknown): unknown {
  for (let inner = error; inner instanceof Error; inner = inner.cause)
    if (inner instanceof AppError) return inner;
  if (error instanceof APIConnectionError)
    return new AppError('UNAVAILABLE', 'The speech-to-text service cannot be reached.', {
      retryable: true,
      cause: error,
    });
  // Bytes that are no JSON.
  if (error instanceof SyntaxError)
    return new PermanentError('PROVIDER_ANSWER', 'The speech-to-text service answers with what is no JSON.');
  return error;
}

function explain(error: unknown): unknown {
  return error instanceof FormatRefused
    ? new PermanentError(
        'PROVIDER_REFUSED',
        'The speech-to-text service knows none of the forms of answer that we do.',
      )
    : error;
}

/** It answers: whether it has such a list does not matter. */
function ignoreRefusal(error: unknown): void {
  if (error instanceof APIError && error.status !== undefined && error.status < 500) return;
  throw unwrap(error);
}
