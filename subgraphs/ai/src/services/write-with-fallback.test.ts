import { AppError, PermanentError, RetryAfter } from '@hoerok/shared/errors';
import { describe, expect, it } from 'vitest';
import type { DraftMinutes } from '../domain/analysis/draft-minutes.ts';
import type { MinutesWriter, MinutesWriters, WriterName, WritingJob } from './minutes-writer.ts';
import { type ChosenMinutes, writeWithFallback } from './write-with-fallback.ts';

const draft: DraftMinutes = {
  language: 'en',
  overview: '',
  points: [],
  decisions: [],
  openQuestions: [],
  actionItems: [],
  keywords: [],
};
const request = { segments: [], title: '', startedAt: '', timeZone: 'UTC', participants: [], language: 'en' };

const writer = (name: WriterName, analyze: () => Promise<void>, available = true): MinutesWriter => ({
  name,
  origin: name === 'llm' ? 'LLM' : 'EXTRACTIVE_LOCAL',
  capabilities: () => ({ available, model: null, languages: [], note: '' }),
  analyze: async () => {
    await analyze();
    const origin = name === 'llm' ? 'LLM' : 'EXTRACTIVE_LOCAL';
    return { draft, origin, provider: name, model: null, promptVersion: null, dropped: null };
  },
});
const extractive = writer('extractive', async () => undefined);
const failing = (error: unknown, available = true): MinutesWriter =>
  writer('llm', async () => Promise.reject(error), available);

const write = (
  over: Partial<MinutesWriters>,
  order: { isLastAttempt?: boolean; provider?: WriterName; signal?: AbortSignal } = {},
): Promise<ChosenMinutes> => {
  const writers: MinutesWriters = {
    extractive,
    llm: null,
    byDefault: 'llm',
    fallback: 'extractive',
    ...over,
  };
  const { isLastAttempt = false, provider = null, signal = new AbortController().signal } = order;
  const step: WritingJob['step'] = async (_name, _schema, work) => await work();
  const job = { taskId: 't', workspaceId: 'w', revision: 1, signal, step, onStage: () => undefined };
  return writeWithFallback(writers, { request, job, provider, isLastAttempt, onFallback: () => undefined });
};

const away = new AppError('UNAVAILABLE', 'away', { retryable: true });

describe('writeWithFallback', () => {
  it('has the writer by default write, and the one that was chosen', async () => {
    const llm = writer('llm', async () => undefined);
    expect(await write({ llm })).toMatchObject({ provider: 'llm', fallbackCode: null });
    expect(await write({ llm }, { provider: 'extractive' })).toMatchObject({
      provider: 'extractive',
      fallbackCode: null,
    });
  });

  it.each([
    ['BUDGET_SPENT', new PermanentError('BUDGET_SPENT', 'spent')],
    ['PROVIDER_REFUSED', new PermanentError('PROVIDER_REFUSED', 'refused')],
    ['PROVIDER_ANSWER', new PermanentError('PROVIDER_ANSWER', 'nothing')],
  ])('falls back at once by %s', async (code, error) => {
    expect(await write({ llm: failing(error) })).toMatchObject({
      provider: 'extractive',
      fallbackCode: code,
    });
    await expect(write({ llm: failing(error), fallback: 'fail' })).rejects.toBe(error);
  });

  it('falls back when the model was taken out of the configuration', async () => {
    const made = await write({ byDefault: 'extractive' }, { provider: 'llm' });
    expect(made).toMatchObject({ provider: 'extractive', fallbackCode: 'LLM_NOT_CONFIGURED' });
  });

  it('leaves what may pass to the next attempts, and falls back with the last', async () => {
    for (const error of [
      away,
      new RetryAfter(5_000, 'later'),
      new AppError('TIMEOUT', 'slow', { retryable: true }),
    ]) {
      await expect(write({ llm: failing(error) })).rejects.toBe(error);
      const made = await write({ llm: failing(error) }, { isLastAttempt: true });
      expect(made).toMatchObject({ fallbackCode: 'PROVIDER_UNAVAILABLE' });
    }
  });

  it('falls back at once while the circuit is open', async () => {
    expect(await write({ llm: failing(away, false) })).toMatchObject({
      fallbackCode: 'PROVIDER_UNAVAILABLE',
    });
  });

  it('does not take a bug or a cancelled task for a provider that failed', async () => {
    const bug = new TypeError('bug');
    await expect(write({ llm: failing(bug) }, { isLastAttempt: true })).rejects.toBe(bug);
    const signal = AbortSignal.abort();
    await expect(write({ llm: failing(away) }, { isLastAttempt: true, signal })).rejects.toBe(away);
  });
});
