import { AppError, PermanentError, RetryAfter } from '@hoerok/shared/errors';
import { createBoundedFetch, retryAfterMs } from '@hoerok/shared/resilience';
import type { OpenAI } from 'openai';
import { z } from 'zod';
import type { ChatMessage } from '../domain/language-model/prompt.ts';

/** Where and how chat completions are asked for. */
export interface ChatClientOptions {
  /** For messages. */
  readonly name: string;
  /** Ends before `/chat/completions`, for example `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** @default none is sent */
  readonly apiKey?: string | undefined;
  /** From the call to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Whether the answer is asked for piece by piece. */
  readonly stream: boolean;
  /** Tokens of one answer; 0 sends no bound. */
  readonly maxOutputTokens: number;
}

/** One question to the model. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  /** Name and JSON Schema of the answer. */
  readonly format: { readonly name: string; readonly schema: Record<string, unknown> };
  readonly signal: AbortSignal;
  /** Told how many characters of the answer there are. */
  readonly onText?: (characters: number) => void;
}

/** What the model answered; nobody has looked at it yet. */
export interface ChatAnswer {
  readonly text: string;
  /** As the provider counted them. */
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
  /** Why it ended when that was not by itself: `length`, `content_filter`, `refusal`. */
  readonly cutShort: string | null;
}

/**
 * Asks for one chat completion in JSON. A provider that does not take a JSON Schema is asked for a JSON object instead, and
 * from then on only for that.
 * @throws PermanentError `PROVIDER_REFUSED` (key, model, request, or neither form of JSON), `PROVIDER_ANSWER` (no chat
 * completion, or too large); RetryAfter when it says when to come back; AppError `UNAVAILABLE` or `TIMEOUT` (retryable).
 * No error holds text of the request or of the answer.
 */
export type AskChat = (request: ChatRequest) => Promise<ChatAnswer>;

/** With what it takes to send pieces of it one by one, an answer of the most tokens stays far below. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const LONGEST_WAIT_MS = 300_000;
/** Of a provider that is asked too often and does not say for how long. */
const USUAL_WAIT_MS = 10_000;
const SENT_HEADERS = ['accept', 'authorization', 'content-type'];
/** Statuses by which providers say that they do not know `response_format`. */
const FORMAT_REFUSED = new Set([400, 404, 415, 422, 501]);

const tokens = z.number().int().min(0).max(100_000_000);
/** A provider that counts in another way is estimated. */
const usage = z.object({ prompt_tokens: tokens, completion_tokens: tokens }).nullish().catch(null);
const text = z.string().nullish();
const choice = z.object({
  delta: z.object({ content: text, refusal: text }).nullish(),
  message: z.object({ content: text, refusal: text }).nullish(),
  finish_reason: text,
});
/** A completion, or a piece of one. */
const completion = z.object({ choices: z.array(choice), usage });

type Rung = 'json_schema' | 'json_object';

/** Builds {@link AskChat} on the client library of OpenAI, which is loaded at the first question. */
export function createChatClient(options: ChatClientOptions): AskChat {
  let client: Promise<OpenAI> | undefined;
  let rung: Rung = 'json_schema';
  return async (request) => {
    client ??= load(options);
    const api = await client;
    try {
      return await ask(api, options, { request, rung });
    } catch (error) {
      if (rung !== 'json_schema' || !FORMAT_REFUSED.has(statusOf(error) ?? 0))
        throw explain(options, error, request.signal);
    }
    try {
      const answer = await ask(api, options, { request, rung: 'json_object' });
      rung = 'json_object';
      return answer;
    } catch (error) {
      throw explain(options, error, request.signal);
    }
  };
}

async function load({ name, baseUrl, apiKey, timeoutMs, stream }: ChatClientOptions): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  const bounded = createBoundedFetch({ name, maxResponseBytes: MAX_ANSWER_BYTES, timeoutMs });
  return new OpenAI({
    baseURL: baseUrl,
    // The library insists on a key; one that is not there is not sent.
    apiKey: apiKey ?? 'none',
    defaultHeaders: apiKey === undefined ? { authorization: null } : {},
    // Nothing comes from the environment, which config.ts alone reads.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: async (input, init) => {
      const given = new Headers(init?.headers);
      // The library would tell of this machine and its versions.
      const headers = SENT_HEADERS.flatMap((header): [string, string][] => {
        const value = given.get(header);
        return value === null ? [] : [[header, value]];
      });
      const response = await bounded(input, { ...init, headers });
      const expected = stream ? 'text/event-stream' : 'application/json';
      const type = response.headers.get('content-type') ?? '';
      if (!response.ok || type.startsWith(expected)) return response;
      await response.body?.cancel();
      throw new PermanentError('PROVIDER_ANSWER', `${name} does not answer with ${expected}.`);
    },
  });
}

async function ask(
  api: OpenAI,
  { model, stream, maxOutputTokens }: ChatClientOptions,
  { request, rung }: { readonly request: ChatRequest; readonly rung: Rung },
): Promise<ChatAnswer> {
  const { format, signal } = request;
  const body = {
    model,
    messages: rung === 'json_schema' ? [...request.messages] : withSchema(request),
    ...(maxOutputTokens === 0 ? {} : { max_completion_tokens: maxOutputTokens }),
    response_format:
      rung === 'json_schema'
        ? {
            type: 'json_schema' as const,
            json_schema: { name: format.name, schema: format.schema, strict: true },
          }
        : { type: 'json_object' as const },
  };
  const collected = createCollector(request.onText);
  if (stream) {
    const options = { include_usage: true };
    const pieces = await api.chat.completions.create(
      { ...body, stream: true, stream_options: options },
      { signal },
    );
    for await (const piece of pieces) collected.add(piece);
  } else collected.add(await api.chat.completions.create(body, { signal }));
  return collected.answer();
}

/** Without a schema to hold it to, the model has to be told what the object looks like. */
function withSchema({ messages, format }: ChatRequest): ChatMessage[] {
  const told = `The JSON object fits this JSON Schema:\n${JSON.stringify(format.schema)}`;
  return messages.map((message, index) =>
    index === 0 ? { ...message, content: `${message.content}\n\n${told}` } : message,
  );
}

function createCollector(onText: ChatRequest['onText']): {
  readonly add: (piece: unknown) => void;
  readonly answer: () => ChatAnswer;
} {
  let whole = '';
  let used: ChatAnswer['usage'] = null;
  let cutShort: string | null = null;
  return {
    add: (piece) => {
      const { choices, usage: counted } = completion.parse(piece);
      const [first] = choices;
      const said = first?.delta ?? first?.message;
      whole += said?.content ?? '';
      if (said?.refusal != null && said.refusal !== '') cutShort = 'refusal';
      if (first?.finish_reason != null && first.finish_reason !== 'stop') cutShort ??= first.finish_reason;
      if (counted != null)
        used = { inputTokens: counted.prompt_tokens, outputTokens: counted.completion_tokens };
      onText?.(whole.length);
    },
    answer: () => ({ text: whole, usage: used, cutShort }),
  };
}

/** Says what went wrong in our words: the message of a provider may repeat what it was sent. */
function explain({ name }: ChatClientOptions, error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.cause instanceof AppError) return error.cause;
  if (error instanceof SyntaxError || error instanceof z.ZodError)
    return new PermanentError('PROVIDER_ANSWER', `${name} answers with what is no chat completion.`);
  const status = statusOf(error);
  if (status === undefined)
    return new AppError('UNAVAILABLE', `${name} cannot be reached, or broke off.`, { retryable: true });
  const message = `${name} answers ${status}.`;
  const { code, headers } = error as { code?: unknown; headers?: Headers };
  if (status === 429 && code !== 'insufficient_quota')
    return new RetryAfter(
      retryAfterMs(headers?.get('retry-after'), LONGEST_WAIT_MS) ?? USUAL_WAIT_MS,
      message,
    );
  if (status >= 500 || status === 408 || status === 409)
    return new AppError('UNAVAILABLE', message, { retryable: true });
  return new PermanentError('PROVIDER_REFUSED', message);
}

function statusOf(error: unknown): number | undefined {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' ? status : undefined;
}
