import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { Writable } from 'node:stream';
import { headers } from 'nats';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { serviceEnvironment } from '../src/config/index.ts';
import { connectMessaging } from '../src/messaging/index.ts';
import { createLogger, type Logger } from '../src/telemetry/index.ts';
import { publishEvent, startTestService, testServers, testViewer, until } from '../src/testing/index.ts';
import { transcriptCreated } from '../src/contracts/index.ts';
import { clumsyService } from './clumsy-service.ts';
import { startTcpProxy } from './tcp-proxy.ts';

const BEGIN = 'mutation ($text: String!) { begin(text: $text) }';

describe('what operators see of a service', () => {
  it('is a log without anything that people said or that opens a door', async () => {
    const { logger, lines } = recordLog();
    await using test = await startTestService(serviceEnvironment, clumsyService(), { adapters: { logger } });
    const canaries = {
      email: 'canary-mail@hoerok.example',
      text: 'canary-words were spoken',
      password: 'canary-password',
      token: 'canary-token',
    };
    const viewer = testViewer();
    const store = 'mutation ($email: String!) { store(email: $email) }';
    await test.execute(viewer, store, canaries);
    await test.execute(viewer, store, canaries);
    await test.execute(viewer, 'mutation ($text: String!) { storeDate(text: $text) }', canaries);
    await test.execute(
      viewer,
      'mutation ($text: String!, $password: String!, $token: String!) { fail(text: $text, password: $password, token: $token) }',
      canaries,
    );
    await test.execute(viewer, store, { email: { nested: canaries.email } });
    await test.execute(viewer, `mutation { store(email: "${canaries.email}", wrong: "${canaries.text}") }`);
    await test.execute(viewer, BEGIN, canaries);
    await request(`${test.service.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${canaries.token}` },
      body: canaries.text,
    });
    await publishText(test.namespace, canaries.text);

    for (const expected of ['request failed', 'attempt failed', 'event not handled', 'operation answered'])
      await until(`"${expected}" is logged`, () => lines.some((line) => line.includes(expected)));
    const log = lines.join('');
    expect(log.match(/canary[\w-]*/g)).toBeNull();
    expect(log).toContain('duplicate key value');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ service: 'clumsy', msg: /./ });
  });

  it('is one log line a request, at debug', async () => {
    const { logger, lines } = recordLog();
    await using test = await startTestService(serviceEnvironment, clumsyService(), { adapters: { logger } });
    lines.length = 0;
    await test.execute(testViewer(), 'query Greet { name(id: "1") }');
    const answered = lines.map((line) => JSON.parse(line) as { msg: string; level: number });
    expect(answered.filter(({ msg }) => msg === 'operation answered')).toMatchObject([
      { level: 20, type: 'query', operation: 'Greet', outcome: 'ok', durationMs: expect.any(Number) },
    ]);
  });

  it('is what it has done and what waits, as metrics', async () => {
    await using test = await startTestService(serviceEnvironment, clumsyService());
    const viewer = testViewer();
    await test.execute(viewer, '{ name(id: "1") }');
    await test.execute(viewer, BEGIN, { text: 'works' });
    await test.execute(viewer, 'mutation { storeDate(text: "no date") }');
    await publishEvent(test.namespace, transcriptCreated, {
      workspaceId: viewer.workspaceId,
      aggregateId: 't1',
      payload: {
        __typename: 'Transcript',
        id: 't1',
        revision: 1,
        meetingId: 'm1',
        language: 'en',
        wordCount: 1,
        durationMs: 1,
      },
    });
    const metrics = async (): Promise<string> =>
      await (await fetch(new URL('/metrics', test.service.url))).text();
    const text = await until('everything has happened', async () => {
      const now = await metrics();
      return /events_handled_total\{[^}]*outcome="handled"/.test(now) && now.includes('next="ack"') && now;
    });
    for (const line of [
      /^hoerok_graphql_duration_count\{.*service="clumsy",type="query",outcome="ok".*\} [1-9]/m,
      /^hoerok_graphql_duration_count\{.*service="clumsy",type="mutation",outcome="failed".*\} [1-9]/m,
      /^hoerok_outbox_published_total\{.*service="clumsy".*\} [1-9]/m,
      /^hoerok_outbox_messages\{.*service="clumsy".*\} \d/m,
      /^hoerok_outbox_oldest_age\{.*service="clumsy".*\} \d/m,
      /^hoerok_tasks\{.*service="clumsy",kind="MINUTES",state="waiting".*\} \d/m,
      /^hoerok_tasks\{.*service="clumsy",kind="MINUTES",state="processing".*\} \d/m,
      /^hoerok_task_attempt_duration_count\{.*kind="MINUTES",next="ack".*\} [1-9]/m,
      /^hoerok_tasks_ended_total\{.*service="clumsy",kind="MINUTES",state="COMPLETED".*\} [1-9]/m,
      /^hoerok_events_handled_total\{.*service="clumsy",outcome="handled".*\} [1-9]/m,
      /^hoerok_cache_reads_total\{.*family="name.v1",outcome="miss".*\} [1-9]/m,
    ])
      expect(text).toMatch(line);
  });

  it('is ready without Redis, and says that Redis is down', async () => {
    const environment = { REDIS_URL: `redis://127.0.0.1:${await closedPort()}` };
    await using test = await startTestService(serviceEnvironment, clumsyService(), { environment });
    expect(await readinessOf(test.service.url)).toMatchObject({
      status: 200,
      body: {
        status: 'ready',
        dependencies: { postgres: { status: 'up' }, nats: { status: 'up' }, redis: { status: 'down' } },
      },
    });
    expect(await test.execute(testViewer(), '{ name(id: "1") }')).toMatchObject({ data: { name: 'a name' } });
  });

  it('is not ready without PostgreSQL, and ready again with it', async () => {
    await using proxy = await startTcpProxy(testServers().databaseUrl);
    const { host } = new URL(proxy.url);
    const through = (url: string): string => Object.assign(new URL(url), { host }).href;
    await using test = await startTestService(serviceEnvironment, clumsyService(through));
    await proxy.cut();
    expect(await readinessOf(test.service.url)).toMatchObject({
      status: 503,
      body: { status: 'not ready', dependencies: { postgres: { status: 'down' }, nats: { status: 'up' } } },
    });
    await proxy.mend();
    expect(await readinessOf(test.service.url)).toMatchObject({ status: 200 });
  });
});

function recordLog(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, logger: createLogger({ service: 'clumsy', level: 'trace', destination }) };
}

/** Publishes a message that no contract fits. */
async function publishText(namespace: string, text: string): Promise<void> {
  const { natsUrl: url } = testServers();
  const { jetstream, connection } = await connectMessaging({ url, name: 'test publisher', namespace });
  const carried = headers();
  for (const name of ['ce-id', 'x-workspace-id']) carried.set(name, 'w1');
  carried.set('ce-type', transcriptCreated.type);
  await jetstream.publish(`${namespace}.evt.transcripts.w1.transcript.t1.created`, text, {
    headers: carried,
  });
  await connection.close();
}

async function readinessOf(url: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(new URL('/health/readiness', url));
  return { status: response.status, body: await response.json() };
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
