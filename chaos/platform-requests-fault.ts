/** What clients of the whole platform see while PostgreSQL is there and does not serve: an answer in time, with a code. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../scripts/infra/ports.ts';
import { type RunningPlatform, startPlatform } from '../scripts/platform/platform.ts';
import {
  answerOf,
  type Asked,
  ask,
  askSteadily,
  isWhole,
  type Question,
  untilWhole,
} from './edge/steady-load.ts';
import type { Experiment, Outcome } from './experiment.ts';
import type { Form } from './fault.ts';
import type { BreakableServers } from './servers.ts';

const PREFIX = 'chaos_e11b';
const PER_SECOND = 10;
const HELD_MS: Readonly<Record<Form, number>> = { brief: 5_000, normal: 15_000, long: 30_000 };
/** A fetch from a subgraph may take so long. */
const DEADLINE_MS = 3_000;
/** What the gateway may take beyond it, on a machine that does other things too. */
const MARGIN_MS = 1_500;
const ALIVE_WITHIN_MS = 1_000;
const BACK_WITHIN_MS = 10_000;
const CODES = ['TIMEOUT', 'UNAVAILABLE'];
/** Fetches for one question at most. */
const ATTEMPTS = 2;

const REGISTER = 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }';
const MEETINGS = '{ meetings(first: 1) { edges { node { id } } } }';

type Step = (servers: BreakableServers, ms: number) => Promise<void>;

const freeze: Step = async (servers, ms) => {
  await servers.freeze('postgres');
  await pause(ms);
  await servers.thaw('postgres');
};

const lock: Step = async (servers, ms) => {
  const url = new URL(servers.urls.databaseUrl);
  url.pathname = `/${PREFIX}_meetings`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query('BEGIN; LOCK TABLE meeting IN ACCESS EXCLUSIVE MODE');
    await pause(ms);
    await client.query('ROLLBACK');
  } finally {
    await client.end();
  }
};

async function countFetches(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text();
  const lines = text
    .split('\n')
    .filter((line) => /^hoerok_gateway_fetch_duration\w*_count\{.*"meetings"/.test(line));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

/** Asks every process all the while whether it lives; the longest that one took to say so. */
function watchLiveness(platform: RunningPlatform): Disposable & { readonly stop: () => number } {
  const urls = [platform.gatewayUrl, ...Object.values(platform.subgraphUrls)];
  let slowest = 0;
  const look = async (url: string): Promise<void> => {
    const from = performance.now();
    await fetch(`${url}/health/liveness`).then(
      ({ ok }) => (ok ? undefined : (slowest = Number.POSITIVE_INFINITY)),
      () => (slowest = Number.POSITIVE_INFINITY),
    );
    slowest = Math.max(slowest, performance.now() - from);
  };
  const timer = setInterval(() => urls.forEach((url) => void look(url)), 500);
  return {
    stop: () => {
      clearInterval(timer);
      return slowest;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

async function runOnPlatform(
  servers: BreakableServers,
  platform: RunningPlatform,
  metricsUrl: string,
  form: Form,
): Promise<Outcome> {
  const url = platform.gatewayUrl;
  const input = { email: 'reader@hoerok.example', password: 'correct horse battery staple', name: 'Reader' };
  const signIn = { kind: 'sign in', query: REGISTER, variables: { input }, authorization: '' };
  const registered = answerOf(await ask(url, signIn)).data?.['register'] as { accessToken: string };
  const authorization = `Bearer ${registered.accessToken}`;
  const question: Question = { kind: 'meetings', query: MEETINGS, authorization };
  if ((await untilWhole(url, question, BACK_WITHIN_MS)) === null)
    throw new Error(`Meetings are not answered: ${(await ask(url, question)).text}`);
  using liveness = watchLiveness(platform);
  const asked: Asked[] = [];
  const [findings, remarks]: [string[], string[]] = [[], []];
  const backs: (number | null)[] = [];
  for (const [name, step] of Object.entries({ frozen: freeze, locked: lock })) {
    const before = await countFetches(metricsUrl);
    await using load = askSteadily(url, PER_SECOND, () => question);
    await pause(1_000);
    await step(servers, HELD_MS[form]);
    const answers = await load.stop();
    const fetches = (await countFetches(metricsUrl)) - before;
    const backMs = await untilWhole(url, question, 2 * BACK_WITHIN_MS);
    backs.push(backMs);
    asked.push(...answers);
    const failed = answers.filter((one) => !isWhole(one)).length;
    if (failed === 0) findings.push(`${name}: nothing failed, so nothing is proved`);
    if (fetches > ATTEMPTS * answers.length)
      findings.push(`${name}: ${fetches} fetches of ${answers.length}`);
    if (backMs === null || backMs > BACK_WITHIN_MS) findings.push(`${name}: not back in time`);
    remarks.push(
      `${name}: ${failed} of ${answers.length} refused, ${fetches} fetches, back after ${Math.round(backMs ?? Number.NaN)} ms`,
    );
  }
  const aliveMs = liveness.stop();
  if (aliveMs > ALIVE_WITHIN_MS)
    findings.push(`a process took ${Math.round(aliveMs)} ms to say that it lives`);
  return judge(asked, backs, {
    findings,
    remarks: [...remarks, `liveness within ${Math.round(aliveMs)} ms`],
  });
}

function judge(
  asked: readonly Asked[],
  backs: readonly (number | null)[],
  said: { readonly findings: readonly string[]; readonly remarks: readonly string[] },
): Outcome {
  const findings = [...said.findings];
  const unsaid = asked.filter(
    (one) => !isWhole(one) && !CODES.includes(answerOf(one).errors?.[0]?.extensions?.code ?? ''),
  );
  const slowest = Math.max(0, ...asked.map(({ ms }) => ms));
  if (unsaid.length > 0) findings.push(`failed without a code: ${unsaid[0]?.text.slice(0, 200)}`);
  if (slowest > DEADLINE_MS + MARGIN_MS) findings.push(`an answer took ${Math.round(slowest)} ms`);
  return {
    accepted: asked.length,
    terminal: asked.length - unsaid.length,
    lost: unsaid.length,
    duplicated: 0,
    findings,
    recoverySeconds: backs.includes(null) ? null : Math.max(...backs.map(Number)) / 1_000,
    slowestSeconds: slowest / 1_000,
    remarks: said.remarks,
  };
}

async function run(servers: BreakableServers, form: Form): Promise<Outcome> {
  const metricsPort = await freePort();
  const platform = await startPlatform({
    servers: servers.urls,
    gatewayPort: await freePort(),
    databasePrefix: PREFIX,
    namespace: PREFIX,
    stateDir: join(servers.stateDir, 'platform-e11b'),
    environment: {
      gateway: { METRICS_PORT: String(metricsPort), SUBGRAPH_TIMEOUT_MS: String(DEADLINE_MS) },
    },
  });
  try {
    return await runOnPlatform(servers, platform, `http://127.0.0.1:${metricsPort}/metrics`, form);
  } finally {
    await platform.stop();
  }
}

/** Lost are questions that nobody answered, or not with a code. */
export const unservedRequests: Experiment = {
  id: 'E11b',
  title: 'requests to the platform while PostgreSQL is frozen, and a hot table locked',
  run,
};
