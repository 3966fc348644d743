import type { UserViewer } from '@hoerok/shared/auth';
import { afterAll, beforeEach } from 'vitest';
import { ALL, type Scene, startScene, type WholeMinutes } from './ai-scene.ts';
import { API_KEY, type ChatServer, startChatServer } from './chat-server.ts';
import type { HeldMeeting } from './neighbors.ts';

/** All fields of minutes, with those that tell of their writer. */
export const WRITTEN = `${ALL} providerModel promptVersion fallbackReason { code message }
  dropped { items quotes assignees dueDates sections ofSections } markdown`;

/** Asks what the language model has used. */
export const USAGE = `query ($month: String) {
  languageModelUsage(month: $month) { month calls inputTokens outputTokens tokensPerMonth costUsd } }`;

/** Asks for minutes by a writer of one's choice. */
export const ANALYZE = `mutation ($input: AnalyzeInput!) {
  analyzeTranscript(input: $input) { task { id } userErrors { code path } } }`;

/** Minutes with what they tell of their writer. */
export interface Written extends WholeMinutes {
  readonly fallbackReason: { readonly code: string; readonly message: string } | null;
  readonly dropped: Readonly<Record<string, number>> | null;
}

/** A chat server for a test file, and services that use it. */
export interface LlmTests {
  readonly chat: ChatServer;
  /** Starts a service with the server as its language model. */
  readonly start: (settings?: Readonly<Record<string, string>>) => Promise<Scene>;
  /** Starts one without a language model. */
  readonly startWithout: () => Promise<Scene>;
}

/** Starts the server before the tests of a file and stops everything after them; calls are forgotten before each test. */
export async function useChatServer(): Promise<LlmTests> {
  const chat = await startChatServer();
  const scenes: Scene[] = [];
  const keep = (scene: Scene): Scene => {
    scenes.push(scene);
    return scene;
  };
  beforeEach(() => void chat.calls.splice(0));
  afterAll(async () => {
    await Promise.all(scenes.map((scene) => scene[Symbol.asyncDispose]()));
    await chat[Symbol.asyncDispose]();
  });
  const settings = {
    LLM_URL: chat.url,
    LLM_MODEL: 'model-1',
    LLM_API_KEY: API_KEY,
    LLM_PRICE_INPUT: '1000',
    LLM_PRICE_OUTPUT: '5000',
  };
  return {
    chat,
    start: async (more = {}) => keep(await startScene({ ...settings, ...more })),
    startWithout: async () => keep(await startScene()),
  };
}

/** Tells of the meeting's transcript and waits for its minutes. */
export async function written(scene: Scene, held: HeldMeeting, viewer: UserViewer): Promise<Written> {
  await scene.publishImport(held);
  return (await scene.minutesOf(held, viewer, WRITTEN)) as Written;
}

/** The minutes as the JSON file that their export links to. */
export async function exportedJson(
  { test }: Scene,
  viewer: UserViewer,
  { id }: WholeMinutes,
): Promise<unknown> {
  const ask = 'query ($id: ID!) { minutes(id: $id) { export(format: JSON) { url } } }';
  const { data } = await test.execute(viewer, ask, { id });
  const minutes = data?.['minutes'] as { export: { url: string } };
  const { pathname, search } = new URL(minutes.export.url);
  return await (await fetch(new URL(`${pathname}${search}`, test.service.url))).json();
}
