import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { testViewer, until } from '@hoerok/shared/testing';
import { describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { createTokenBudget } from '../src/services/token-budget.ts';
import { colleagueOf, type Scene } from './ai-scene.ts';
import { AS_IT_IS, isReduce, NOTHING } from './chat-server.ts';
import { ANALYZE, exportedJson, USAGE, useChatServer, type Written, written } from './llm-scene.ts';
import type { HeldMeeting } from './neighbors.ts';

const { chat, start, startWithout } = await useChatServer();

describe('a language model that does not write', () => {
  const fallenBack = async (
    settings: Readonly<Record<string, string>>,
    viewer: UserViewer = testViewer(),
  ): Promise<{ minutes: Written; scene: Scene; held: HeldMeeting }> => {
    const scene = await start(settings);
    const held = scene.hold('ko-dev-2', viewer);
    return { minutes: await written(scene, held, viewer), scene, held };
  };

  it('leaves the minutes to the local analysis after the last attempt, with a label', async () => {
    chat.answer = () => ({ status: 500 });
    const viewer = testViewer();
    const { minutes, scene } = await fallenBack({}, viewer);
    expect(chat.calls).toHaveLength(4);
    expect(minutes).toMatchObject({
      provider: 'extractive',
      providerModel: null,
      extractive: true,
      fallbackReason: {
        code: 'PROVIDER_UNAVAILABLE',
        message: '언어 모델이 작성한 회의록이 아닙니다: 언어 모델에 연결할 수 없었습니다.',
      },
    });
    expect(minutes.points.every(({ origin }) => origin === 'EXTRACTIVE_LOCAL')).toBe(true);
    expect(minutes['markdown']).toContain('언어 모델에 연결할 수 없었습니다');
    expect(await exportedJson(scene, viewer, minutes)).toMatchObject({
      fallbackCode: 'PROVIDER_UNAVAILABLE',
    });
    // The fifth failure in a row opens the circuit: nobody waits for more, and nobody calls.
    for (const calls of [5, 5]) {
      const viewer = testViewer();
      const next = await written(scene, scene.hold('ko-dev-2', viewer), viewer);
      expect(next).toMatchObject({ extractive: true, fallbackReason: { code: 'PROVIDER_UNAVAILABLE' } });
      expect(chat.calls).toHaveLength(calls);
    }
    const writers = await scene.test.execute(testViewer(), '{ minutesWriters { name available } }');
    expect(writers.data?.['minutesWriters']).toContainEqual({ name: 'llm', available: false });
  });

  it('leaves them at once when it refuses the key, and when it answers nothing that fits', async () => {
    chat.answer = () => ({ status: 401 });
    expect((await fallenBack({})).minutes).toMatchObject({ fallbackReason: { code: 'PROVIDER_REFUSED' } });
    expect(chat.calls).toHaveLength(1);
    chat.answer = () => ({ json: { points: 'none' } });
    expect((await fallenBack({})).minutes).toMatchObject({ fallbackReason: { code: 'PROVIDER_ANSWER' } });
    expect(chat.calls).toHaveLength(3);
  });

  it('is not asked beyond the budget of the month, of which ADMIN and MANAGER are told', async () => {
    chat.answer = (call) => ({ json: isReduce(call) ? AS_IT_IS : NOTHING });
    const admin = testViewer({ role: 'ADMIN' });
    const { minutes, scene } = await fallenBack({ LLM_TOKENS_PER_MONTH: '500' }, admin);
    expect(chat.calls).toHaveLength(0);
    expect(minutes).toMatchObject({ extractive: true, fallbackReason: { code: 'BUDGET_SPENT' } });
    const use = async (viewer: UserViewer | null, month?: string): Promise<unknown> => {
      const { data, errors } = await scene.test.execute(viewer, USAGE, { month });
      return data?.['languageModelUsage'] ?? errors?.[0]?.extensions?.['code'];
    };
    const month = new Date().toISOString().slice(0, 7);
    const nothing = { month, calls: 0, inputTokens: 0, outputTokens: 0, tokensPerMonth: 500, costUsd: null };
    expect(await use(admin)).toEqual(nothing);
    expect(await use({ ...colleagueOf(admin), role: 'MANAGER' }, '2020-01')).toEqual({
      ...nothing,
      month: '2020-01',
    });
    expect(await use(admin, '2020-13')).toBe('BAD_INPUT');
    expect(await use(colleagueOf(admin))).toBe('FORBIDDEN');
    expect(await use(null)).toBe('UNAUTHENTICATED');
  });

  it('sets aside what calls at the same time may use, and gives it back', async () => {
    const scene = await start();
    const dataSource = await createDataSource(scene.test.databaseUrl).initialize();
    const transact: Transact = (work) => dataSource.transaction(work);
    const budget = createTokenBudget({
      manager: dataSource.manager,
      transact,
      tokensPerMonth: 1_000,
      price: null,
    });
    const payer = { workspaceId: testViewer().workspaceId, taskId: 'task' };
    const [first, second] = await Promise.all([budget.reserve(payer, 400), budget.reserve(payer, 400)]);
    await expect(budget.reserve(payer, 400)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    first();
    (await budget.reserve(payer, 400))();
    await budget.charge(payer, { inputTokens: 500, outputTokens: 100 });
    second();
    await expect(budget.reserve(payer, 401)).rejects.toMatchObject({ code: 'BUDGET_SPENT' });
    (await budget.reserve(payer, 400))();
    (await budget.reserve({ ...payer, workspaceId: 'another' }, 1_000))();
    await dataSource.destroy();
  });

  it('fails the task instead where the configuration says so', async () => {
    chat.answer = () => ({ status: 403 });
    const scene = await start({ LLM_FALLBACK: 'fail' });
    const held = scene.hold('ko-dev-2', testViewer());
    await scene.publishImport(held);
    const failed = await until('the task has failed', () =>
      scene.snapshots(held.id).find(({ status }) => status === 'FAILED'),
    );
    expect(failed).toMatchObject({
      attempt: 1,
      error: { code: 'PROVIDER_REFUSED', message: 'The language model answers 403.' },
    });
  });

  it('is not there for those who ask for it where none is set up', async () => {
    const scene = await startWithout();
    const organizer = testViewer();
    const held = scene.hold('ko-dev-2', organizer);
    const { data, errors } = await scene.test.execute(organizer, ANALYZE, {
      input: { transcriptId: held.transcriptId, provider: 'llm' },
    });
    expect(errors).toBeUndefined();
    expect(data?.['analyzeTranscript']).toEqual({
      task: null,
      userErrors: [{ code: 'LLM_NOT_CONFIGURED', path: ['provider'] }],
    });
    const writers = await scene.test.execute(
      organizer,
      '{ minutesWriters { name available isDefault model } }',
    );
    expect(writers.data?.['minutesWriters']).toEqual([
      { name: 'extractive', available: true, isDefault: true, model: null },
      { name: 'llm', available: false, isDefault: false, model: null },
    ]);
  });
});
