import { PermanentError, RetryAfter } from '@hoerok/shared/errors';
import { createProvider, type Provider, type ProviderOptions } from '@hoerok/shared/resilience';
import type { Logger } from '@hoerok/shared/telemetry';
import type { z } from 'zod';
import { askAgain, type ChatMessage } from '../domain/language-model/prompt.ts';
import { decodeReply, jsonSchemaOf } from '../domain/language-model/reply.ts';
import { estimateTokens } from '../domain/language-model/sections.ts';
import type { Payer, TokenBudget } from '../services/token-budget.ts';
import { type AskChat, type ChatAnswer, type ChatClientOptions, createChatClient } from './chat-client.ts';

/** A question whose answer must fit a schema. */
export interface Question<T> {
  /** Of the answer's schema. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly messages: readonly ChatMessage[];
}

/** For whom and how long the model is asked. */
export interface Asking extends Payer {
  readonly signal: AbortSignal;
  /** Told how many characters of the answer there are. */
  readonly onText?: (characters: number) => void;
}

/** A language model that is paid for and cannot be trusted. */
export interface LanguageModel {
  readonly model: string;
  readonly maxInputTokens: number;
  /** Calls at a time. */
  readonly concurrency: number;
  readonly state: Provider['state'];
  /**
   * The decoded answer; null when it did not fit twice: the second time the model is told why. Every call is charged.
   * @throws what {@link AskChat} does but for `PROVIDER_ANSWER`, PermanentError `BUDGET_SPENT`, RetryAfter while the
   * circuit is open or no place is free.
   */
  readonly ask: <T>(question: Question<T>, asking: Asking) => Promise<T | null>;
}

/** How a language model is reached and used. */
export interface LanguageModelOptions extends ChatClientOptions {
  readonly maxInputTokens: number;
  readonly concurrency: number;
  readonly budget: TokenBudget;
  readonly logger: Logger;
  /** @default five failures in a row open the circuit for 30 seconds */
  readonly breaker?: ProviderOptions['breaker'];
}

const BREAKER: ProviderOptions['breaker'] = { consecutiveFailures: 5, halfOpenAfterMs: 30_000 };
/** Every section of the tasks that run at a time may wait for its place. */
const MAX_QUEUED = 1_000;

/** Puts circuit, places, budget and the second question around the chat client. */
export function createLanguageModel(options: LanguageModelOptions): LanguageModel {
  const { name, timeoutMs, concurrency, logger } = options;
  const provider = createProvider({
    name,
    timeoutMs,
    bulkhead: { concurrent: concurrency, queued: MAX_QUEUED },
    breaker: options.breaker ?? BREAKER,
    logger,
  });
  const parts = { chat: createChatClient(options), provider, options };
  return {
    model: options.model,
    maxInputTokens: options.maxInputTokens,
    concurrency,
    state: provider.state,
    ask: async (question, asking) => {
      const first = await callOnce(parts, question, asking);
      if ('value' in first) return first.value;
      logger.warn({ taskId: asking.taskId, unfit: first.unfit }, 'answer of the language model does not fit');
      const messages = askAgain(question.messages, first.text, first.unfit);
      const second = await callOnce(parts, { ...question, messages }, asking);
      if ('value' in second) return second.value;
      logger.warn({ taskId: asking.taskId, unfit: second.unfit }, 'answer does not fit again: given up');
      return null;
    },
  };
}

interface Parts {
  readonly chat: AskChat;
  readonly provider: Provider;
  readonly options: LanguageModelOptions;
}

type Outcome<T> = { readonly value: T } | { readonly unfit: string; readonly text: string };

/** One call, charged. What is no answer at all is one that does not fit. */
async function callOnce<T>(
  { chat, provider, options: { budget } }: Parts,
  { name, schema, messages }: Question<T>,
  asking: Asking,
): Promise<Outcome<T>> {
  const { signal, onText } = asking;
  const estimated = messages.reduce((sum, { content }) => sum + estimateTokens(content), 0);
  const release = await budget.reserve(asking, estimated);
  let characters = 0;
  const onPiece = (count: number): void => {
    characters = count;
    onText?.(count);
  };
  const format = { name, schema: jsonSchemaOf(schema) };
  const call = async (within: AbortSignal): Promise<ChatAnswer | RetryAfter> => {
    try {
      return await chat({ messages, format, signal: within, onText: onPiece });
    } catch (error) {
      // Who says when to come back is there: that must not open the circuit.
      if (error instanceof RetryAfter) return error;
      throw error;
    }
  };
  try {
    const answer = await provider.call(call, { signal }).catch(async (error: unknown) => {
      // Who broke off after the first words has worked; an answer without any was none.
      const outputTokens = Math.ceil(characters / 3);
      if (characters > 0) await budget.charge(asking, { inputTokens: estimated, outputTokens });
      throw error;
    });
    if (answer instanceof RetryAfter) throw answer;
    await budget.charge(
      asking,
      answer.usage ?? { inputTokens: estimated, outputTokens: estimateTokens(answer.text) },
    );
    if (answer.cutShort !== null) return { unfit: `it ended by ${answer.cutShort}`, text: answer.text };
    const decoded = decodeReply(schema, answer.text);
    return 'value' in decoded ? decoded : { ...decoded, text: answer.text };
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'PROVIDER_ANSWER')
      return { unfit: 'it is no chat completion', text: '' };
    throw error;
  } finally {
    release();
  }
}
