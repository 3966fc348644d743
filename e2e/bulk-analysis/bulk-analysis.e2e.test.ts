import { readFileSync } from 'node:fs';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AS_IT_IS,
  type ChatServer,
  isReduce,
  NOTHING,
  startChatServer,
} from '../../subgraphs/ai/test/chat-server.ts';
import { type IsolatedPlatform, startIsolatedPlatform } from '../stack/isolated-platform.ts';
import { register, type Session } from '../stack/session.ts';

const file = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const operation = (name: string): string => file(`operations/${name}.graphql`);

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code } } }`;
const MINUTES = `query ($id: ID!) { meeting(id: $id) { minutes { revision extractive } } }`;
const FOLLOW = `subscription ($id: ID!) { taskUpdated(id: $id) {
  kind status progress stage requestedBy { name }
  analyses { status meeting { title } minutes { extractive } task { error { code } } } } }`;
const COMMAND = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { task { id } userErrors { code } } }`;
const STEPS = `{ tasks(first: 50, filter: { kind: [MINUTES] }) { edges { node { priority status } } } }`;

/** What is said in one meeting alone; the provider of the language model does not like it. */
const UNSPEAKABLE = '말할 수 없는 이야기입니다';
const FAILING = 6;

interface Accepted {
  readonly task: { readonly id: string } | null;
  readonly userErrors: readonly object[];
}

describe('the analysis of many meetings', () => {
  let chat: ChatServer;
  let system: IsolatedPlatform;
  let user: Session;
  const titles = Array.from({ length: 10 }, (_, n) => `${n + 1}차 회의`);
  const meetingIds: string[] = [];
  let emptyId: string;

  const schedule = async (title: string): Promise<string> => {
    const input = { title, scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'Asia/Seoul', language: 'ko' };
    const { createMeeting } = await user.data(CREATE, { input });
    return (createMeeting as { meeting: { id: string } }).meeting.id;
  };
  const minutesOf = async (id: string): Promise<object | null> => {
    const { meeting } = await user.data(MINUTES, { id });
    return (meeting as { minutes: object | null }).minutes;
  };
  const analyze = async (ids: readonly string[], more: object = {}): Promise<Accepted> => {
    const { analyzeMeetings } = await user.data(operation('analyze-meetings'), {
      input: { meetingIds: ids, provider: 'llm', clientMutationId: 'bulk', ...more },
    });
    return analyzeMeetings as Accepted;
  };

  beforeAll(async () => {
    chat = await startChatServer();
    chat.answer = (call) => {
      if (call.raw.includes(UNSPEAKABLE)) return { status: 401 };
      return { json: isReduce(call) ? AS_IT_IS : NOTHING };
    };
    system = await startIsolatedPlatform({
      // Imports are analyzed here; the language model writes for who asks for it.
      ai: { LLM_URL: chat.url, LLM_MODEL: 'model-1', LLM_FALLBACK: 'fail', MINUTES_WRITER: 'extractive' },
    });
    user = await register('Analyst', { gatewayUrl: system.platform.gatewayUrl });
    const captions = file('samples/app-release.ko.vtt');
    for (const [n, title] of titles.entries()) {
      const meetingId = await schedule(title);
      meetingIds.push(meetingId);
      const content = n === FAILING ? captions.replace('네, 잘 보입니다.', UNSPEAKABLE) : captions;
      await user.data(operation('import-transcript'), { input: { meetingId, content } });
    }
    emptyId = await schedule('빈 회의');
    for (const id of meetingIds)
      await until('the transcript is there', async () => (await minutesOf(id)) !== null, {
        deadlineMs: 30_000,
      });
  }, 240_000);
  afterAll(async () => {
    await system.remove();
    await chat[Symbol.asyncDispose]();
  });

  it('names the meeting that has no transcript', async () => {
    expect(await analyze([...meetingIds, emptyId])).toMatchObject({
      task: null,
      userErrors: [{ code: 'WRONG_STATE', path: ['meetingIds', '10'] }],
    });
    expect(chat.calls).toEqual([]);
  });

  it('is one task whose progress and minutes come over a subscription, and goes on when one meeting fails', async () => {
    const { task } = await analyze(meetingIds);
    const id = task?.id ?? '';
    const events = await user.overWebSocket(FOLLOW, { id });
    expect(events.flatMap(({ errors = [] }) => errors)).toEqual([]);
    const written = { status: 'COMPLETED', minutes: { extractive: false }, task: { error: null } };
    const failed = { status: 'FAILED', minutes: null, task: { error: { code: 'PROVIDER_REFUSED' } } };
    expect(events.at(-1)?.data?.['taskUpdated']).toEqual({
      kind: 'BULK_MINUTES',
      status: 'COMPLETED',
      progress: 1,
      stage: null,
      requestedBy: { name: 'Analyst' },
      analyses: titles.map((title, n) => ({ ...(n === FAILING ? failed : written), meeting: { title } })),
    });
    const { task: found } = await user.data(operation('bulk-analysis'), { id });
    expect(found).toMatchObject({ analyses: { length: 10 } });
    // Who had minutes keeps them.
    expect(await minutesOf(meetingIds[FAILING] ?? '')).toEqual({ revision: 1, extractive: true });
    const { tasks } = await user.data(STEPS);
    const { edges } = tasks as { edges: { node: { priority: string } }[] };
    expect(edges.filter(({ node }) => node.priority === 'LOW')).toHaveLength(10);
  });

  it('is the same task for the same clientMutationId, and over for good', async () => {
    const { task } = await analyze(meetingIds);
    for (const command of ['cancelTask', 'retryTask'])
      expect((await user.data(COMMAND(command), { id: task?.id }))[command]).toMatchObject({
        userErrors: [{ code: 'WRONG_STATE' }],
      });
    expect((await analyze(meetingIds)).task).toEqual(task);
  });
});
