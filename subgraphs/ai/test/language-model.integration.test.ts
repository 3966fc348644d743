import { type AppError, RetryAfter } from '@hoerok/shared/errors';
import { createLogger } from '@hoerok/shared/telemetry';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  createLanguageModel,
  type LanguageModel,
  type LanguageModelOptions,
} from '../src/providers/language-model.ts';
import type { TokenBudget } from '../src/services/token-budget.ts';
import { type ChatServer, type Reply, startChatServer } from './chat-server.ts';

const SECRET = 'what was said in the meeting';
const logged: string[] = [];
const logger = createLogger({
  service: 'test',
  level: 'trace',
  destination: { write: (line: string) => void logged.push(line) },
});

describe('C39: a language model behind chat completions', () => {
  let chat: ChatServer;
  let charged: { inputTokens: number; outputTokens: number }[];
  let number = 0;

  beforeAll(async () => {
    chat = await startChatServer();
  });
  beforeEach(() => {
    chat.calls.splice(0);
    charged = [];
    logged.splice(0);
  });
  afterAll(async () => {
    await chat[Symbol.asyncDispose]();
  });

  const budget: TokenBudget = {
    reserve: async () => () => undefined,
    charge: async (_, used) => void charged.push(used),
  };
  const modelOf = (over: Partial<LanguageModelOptions> = {}): LanguageModel =>
    createLanguageModel({
      name: `Model ${(number += 1)}`,
      baseUrl: chat.url,
      model: 'model-1',
      timeoutMs: 5_000,
      stream: true,
      maxInputTokens: 10_000,
      maxOutputTokens: 1_000,
      concurrency: 2,
      budget,
      logger,
      ...over,
    });
  const question = {
    name: 'answer',
    schema: z.object({ word: z.string() }),
    messages: [
      { role: 'system' as const, content: 'Answer in JSON.' },
      { role: 'user' as const, content: SECRET },
    ],
  };
  const ask = (
    model: LanguageModel,
    signal = new AbortController().signal,
  ): Promise<{ word: string } | null> => model.ask(question, { workspaceId: 'w', taskId: 't', signal });
  const failing = async (reply: Reply, model = modelOf()): Promise<AppError> => {
    chat.answer = () => reply;
    const error: unknown = await ask(model).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(String((error as Error | undefined)?.stack)).not.toContain(SECRET);
    expect(logged.join('\n')).not.toContain(SECRET);
    return error as AppError;
  };

  it.each([true, false])('is asked by schema and charged as it counts (streamed: %s)', async (stream) => {
    chat.answer = () => ({ json: { word: 'hello' } });
    expect(await ask(modelOf({ stream }))).toEqual({ word: 'hello' });
    expect(charged).toEqual([{ inputTokens: 100, outputTokens: 20 }]);
    expect(chat.calls[0]?.body).toMatchObject({
      max_completion_tokens: 1_000,
      response_format: {
        type: 'json_schema',
        json_schema: {
          name: 'answer',
          strict: true,
          schema: { type: 'object', required: ['word'], additionalProperties: false },
        },
      },
    });
    expect(chat.calls[0]?.headers).not.toHaveProperty('authorization');
    expect(Object.keys(chat.calls[0]?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it('is charged by estimate when it does not count', async () => {
    chat.answer = () => ({ json: { word: 'hello' }, usage: null });
    await ask(modelOf());
    expect(charged).toEqual([{ inputTokens: expect.any(Number) as number, outputTokens: 6 }]);
    expect(charged[0]?.inputTokens).toBeGreaterThan(10);
  });

  it('is asked for any JSON object when it takes no schema, and from then on at once', async () => {
    chat.answer = ({ body }) =>
      body.response_format.type === 'json_schema'
        ? { status: 400 }
        : { text: '```json\n{"word":"hello"}\n```' };
    const model = modelOf();
    expect(await ask(model)).toEqual({ word: 'hello' });
    expect(chat.calls[1]?.body.messages[0]?.content).toContain('"required":["word"]');
    expect(await ask(model)).toEqual({ word: 'hello' });
    expect(chat.calls.map(({ body }) => body.response_format.type)).toEqual([
      'json_schema',
      'json_object',
      'json_object',
    ]);
  });

  it('refuses when it takes neither', async () => {
    const error = await failing({ status: 400 });
    expect(error).toMatchObject({ name: 'PermanentError', code: 'PROVIDER_REFUSED' });
    expect(chat.calls).toHaveLength(2);
    expect(charged).toEqual([]);
  });

  it.each<[string, Reply]>([
    ['401', { status: 401 }],
    ['403', { status: 403 }],
    ['404 for both forms', { status: 404 }],
    ['a quota that is spent', { status: 429, error: { code: 'insufficient_quota' } }],
  ])('refuses for good with %s', async (_, reply) => {
    expect(await failing(reply)).toMatchObject({ name: 'PermanentError', code: 'PROVIDER_REFUSED' });
  });

  it('is asked later when it says so', async () => {
    const later = await failing({ status: 429, headers: { 'retry-after': '7' } });
    expect(later).toBeInstanceOf(RetryAfter);
    expect(later).toMatchObject({ delayMs: 7_000 });
    const date = new Date(Date.now() + 60_000).toUTCString();
    const dated = await failing({ status: 429, headers: { 'retry-after': date } });
    expect((dated as RetryAfter).delayMs).toBeGreaterThan(50_000);
    const far = await failing({ status: 429, headers: { 'retry-after': '86400' } });
    expect(far).toMatchObject({ delayMs: 300_000 });
    expect(await failing({ status: 429 })).toMatchObject({ delayMs: 10_000 });
    const model = modelOf({ breaker: { consecutiveFailures: 1, halfOpenAfterMs: 60_000 } });
    await failing({ status: 429 }, model);
    expect(model.state()).toBe('closed');
  });

  const hangUp: Reply = { by: (response) => void response.socket?.destroy() };
  const breakOff: Reply = {
    by: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: {"choices":[{"index":0,"delta":{"content":"{"}}]}\n\n', () =>
        response.socket?.destroy(),
      );
    },
  };
  it.each<[string, Reply]>([
    ['500', { status: 500 }],
    ['503', { status: 503 }],
    ['a connection that breaks', hangUp],
    ['a stream that breaks', breakOff],
    [
      'an error within the stream',
      {
        by: (response) => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.end(`data: {"error":{"message":"${SECRET}","code":null}}\n\n`);
        },
      },
    ],
  ])('is away with %s', async (_, reply) => {
    expect(await failing(reply)).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(chat.calls).toHaveLength(1);
  });

  it('is let go when it does not answer, and when its stream never ends', async () => {
    const silent: Reply = { by: () => undefined };
    const endless: Reply = {
      by: (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const drip = setInterval(() => {
          response.write('data: {"choices":[{"index":0,"delta":{"content":" "}}]}\n\n');
        }, 10);
        response.on('close', () => clearInterval(drip));
      },
    };
    for (const reply of [silent, endless])
      expect(await failing(reply, modelOf({ timeoutMs: 150 }))).toMatchObject({
        code: expect.stringMatching(/^(UNAVAILABLE|TIMEOUT)$/) as string,
        retryable: true,
      });
    // Of the stream something was written, and that is paid for.
    expect(charged).toHaveLength(1);
  });

  const html: Reply = {
    by: (response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>'),
  };
  const large = (type: string): Reply => ({
    by: (response) => {
      response.writeHead(200, { 'content-type': type });
      response.on('error', () => undefined);
      response.end(`data: {"choices":[{"index":0,"delta":{"content":"${'a'.repeat(10_000_000)}"}}]}\n\n`);
    },
  });
  it.each<[string, Reply]>([
    ['HTML', html],
    ['10 MB', large('text/event-stream')],
    ['JSON that is none', { text: '{"word": ' }],
    ['JSON that does not fit', { json: { words: [] } }],
    ['no word at all', { text: '' }],
    ['an answer that was cut short', { text: '{"word":"he"}', finish: 'length' }],
    [
      'events that are no completions',
      {
        by: (response) =>
          void response
            .writeHead(200, { 'content-type': 'text/event-stream' })
            .end('data: {"choices": 5}\n\ndata: [DONE]\n\n'),
      },
    ],
    [
      'events that are no JSON',
      {
        by: (response) =>
          void response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: nothing\n\n'),
      },
    ],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
  ])('is asked once more and then given up after %s', async (_, reply) => {
    chat.answer = () => reply;
    expect(await ask(modelOf())).toBeNull();
    expect(chat.calls).toHaveLength(2);
    expect(logged.join('\n')).not.toContain(SECRET);
  });

  it('is told what does not fit, and its second answer counts', async () => {
    chat.answer = (_, index) => (index === 0 ? { json: { word: 5 } } : { json: { word: 'five' } });
    expect(await ask(modelOf())).toEqual({ word: 'five' });
    const [, , reply, again] = chat.calls[1]?.body.messages ?? [];
    expect(reply).toEqual({ role: 'assistant', content: '{"word":5}' });
    expect(again?.content).toMatch(/^That answer does not fit: word: .*expected string/);
    expect(charged).toHaveLength(2);
  });

  it('is not called any more after failures in a row', async () => {
    const model = modelOf({ breaker: { consecutiveFailures: 2, halfOpenAfterMs: 60_000 } });
    await failing({ status: 500 }, model);
    await failing({ status: 500 }, model);
    expect(model.state()).toBe('open');
    expect(await failing({ status: 500 }, model)).toBeInstanceOf(RetryAfter);
    expect(chat.calls).toHaveLength(2);
  });

  it('is given up when nobody wants the answer any more', async () => {
    const stop = new AbortController();
    const reason = new Error('cancelled');
    chat.answer = () => ({ by: () => stop.abort(reason) });
    await expect(ask(modelOf(), stop.signal)).rejects.toBe(reason);
  });
});
