import { z } from 'zod';

const price = z.coerce.number().min(0).optional();

/** The variables of the language model. Without LLM_URL there is none, and minutes are extracted as ever. */
export const llmSettings = {
  /** An OpenAI-compatible API, up to what stands before `/chat/completions`: `https://api.openai.com/v1`. @default no language model */
  LLM_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Model to ask for; needed with LLM_URL. */
  LLM_MODEL: z.string().min(1).optional(),
  /** Sent as a bearer token; better by LLM_API_KEY_FILE. @default none is sent */
  LLM_API_KEY: z.string().min(1).optional(),
  /** Who writes when nobody chooses: `llm` or `extractive`. @default `llm` when LLM_URL is set */
  MINUTES_WRITER: z.enum(['llm', 'extractive']).optional(),
  /** When the language model cannot write: `extractive` has the local analysis make labeled minutes, `fail` fails the task. */
  LLM_FALLBACK: z.enum(['extractive', 'fail']).default('extractive'),
  /** Tokens of one question, estimated high; longer transcripts go in sections. Leave room for the answer. */
  LLM_MAX_INPUT_TOKENS: z.coerce.number().int().min(4_000).default(24_000),
  /** Tokens of one answer; 0 sends no bound, for servers that know no `max_completion_tokens`. */
  LLM_MAX_OUTPUT_TOKENS: z.coerce.number().int().min(0).default(8_000),
  /** Calls of this process at a time. */
  LLM_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(4),
  /** From a call to the last byte of its answer, in seconds. */
  LLM_TIMEOUT_SECONDS: z.coerce.number().min(0.1).max(3_600).default(180),
  /** `false` for a server that does not stream; then a call shows no progress. */
  LLM_STREAM: z.stringbool().default(true),
  /** US dollars for a million tokens of questions, and of answers. @default costs are not counted */
  LLM_PRICE_INPUT: price,
  LLM_PRICE_OUTPUT: price,
  /** Tokens of questions and answers that a workspace may use in a month (UTC); 0 does not limit. */
  LLM_TOKENS_PER_MONTH: z.coerce.number().int().min(0).default(0),
} as const;
