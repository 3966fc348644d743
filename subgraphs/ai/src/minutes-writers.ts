import { AppError } from '@hoerok/shared/errors';
import type { Platform } from '@hoerok/shared/service';
import type { AiConfig } from './config.ts';
import { createLanguageModel } from './providers/language-model.ts';
import { createExtractiveWriter } from './services/extractive-writer.ts';
import { createLlmWriter } from './services/llm-writer.ts';
import type { MinutesWriter, MinutesWriters } from './services/minutes-writer.ts';
import { createTokenBudget, type TokenPrice } from './services/token-budget.ts';

/** The writers that the configuration asks for. @throws AppError `BAD_CONFIGURATION`. */
export function createMinutesWriters(
  platform: Platform<AiConfig>,
  analysis: Parameters<typeof createExtractiveWriter>[0],
): MinutesWriters {
  const { config } = platform;
  const extractive = createExtractiveWriter(analysis);
  const llm = createLlm(platform, extractive);
  const byDefault = config.MINUTES_WRITER ?? (llm === null ? 'extractive' : 'llm');
  if (byDefault === 'llm' && llm === null) throw misconfigured('MINUTES_WRITER: llm needs LLM_URL.');
  return { extractive, llm, byDefault, fallback: config.LLM_FALLBACK };
}

function createLlm(
  { config, dataSource, transact, logger }: Platform<AiConfig>,
  extractive: MinutesWriter,
): MinutesWriter | null {
  const { LLM_URL: baseUrl, LLM_MODEL: model } = config;
  if (baseUrl === undefined) return null;
  if (model === undefined) throw misconfigured('LLM_MODEL: is needed with LLM_URL.');
  const budget = createTokenBudget({
    manager: dataSource.manager,
    transact,
    tokensPerMonth: config.LLM_TOKENS_PER_MONTH,
    price: priceOf(config),
  });
  return createLlmWriter({
    extractive,
    model: createLanguageModel({
      name: 'The language model',
      baseUrl,
      model,
      apiKey: config.LLM_API_KEY,
      timeoutMs: config.LLM_TIMEOUT_SECONDS * 1_000,
      stream: config.LLM_STREAM,
      maxInputTokens: config.LLM_MAX_INPUT_TOKENS,
      maxOutputTokens: config.LLM_MAX_OUTPUT_TOKENS,
      concurrency: config.LLM_CONCURRENCY,
      budget,
      logger,
    }),
  });
}

function priceOf({ LLM_PRICE_INPUT: input, LLM_PRICE_OUTPUT: output }: AiConfig): TokenPrice | null {
  if (input === undefined && output === undefined) return null;
  return { inputPerMillion: input ?? 0, outputPerMillion: output ?? 0 };
}

function misconfigured(problem: string): AppError {
  return new AppError('BAD_CONFIGURATION', `The environment is not usable. ${problem}`);
}
