import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { meetingCreated } from '@hoerok/shared/contracts';
import {
  createTestDatabase,
  deleteStreams,
  publishEvent,
  TEST_SIGNING_KEY,
  testNamespace,
  testServers,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '../src/data-source.ts';
import { expire } from './delivery-reader.ts';
import { type MailServer, startMailServer } from './mail-server.ts';
import { meetingOf } from './told-events.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

describe('a notifications process that is killed', () => {
  const namespace = testNamespace();
  const organizer = testViewer();
  const colleague = testViewer({ workspaceId: organizer.workspaceId });
  const { workspaceId } = organizer;
  const processes: ChildProcess[] = [];
  const lines: string[] = [];
  let mails: MailServer;
  let databaseUrl: string;
  let disposeDatabase: () => PromiseLike<void>;
  let database: DataSource;
  const gateway = createServer((request, response) => {
    request.resume();
    const { userId: id } = colleague;
    const node = {
      id,
      role: 'MEMBER',
      email: 'kim@example.com',
      locale: 'ko',
      timeZone: 'Asia/Seoul',
      active: true,
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: { users: { edges: [{ node }] } } }));
  });

  beforeAll(async () => {
    mails = await startMailServer();
    gateway.listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    const made = await createTestDatabase(createDataSource);
    databaseUrl = made.url;
    disposeDatabase = () => made[Symbol.asyncDispose]();
    database = await createDataSource(databaseUrl).initialize();
  });
  afterAll(async () => {
    for (const one of processes) if (one.exitCode === null && one.signalCode === null) await kill(one);
    await database.destroy();
    await disposeDatabase();
    await deleteStreams(testServers().natsUrl, namespace);
    await mails[Symbol.asyncDispose]();
    gateway.closeAllConnections();
    gateway.close();
  });

  const kill = async (one: ChildProcess): Promise<void> => {
    const gone = once(one, 'exit');
    one.kill('SIGKILL');
    await gone;
  };
  const start = async (): Promise<ChildProcess> => {
    const { natsUrl, redisUrl } = testServers();
    const { PATH = '' } = process.env;
    const one = spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH,
        PORT: '0',
        DATABASE_URL: databaseUrl,
        NATS_URL: natsUrl,
        REDIS_URL: redisUrl,
        GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
        INTERNAL_SIGNING_KEYS: TEST_SIGNING_KEY,
        NAMESPACE: namespace,
        LOG_LEVEL: 'trace',
        SMTP_HOST: '127.0.0.1',
        SMTP_PORT: String(mails.port),
      },
    });
    processes.push(one);
    const before = lines.length;
    createInterface({ input: one.stdout }).on('line', (line) => lines.push(line));
    await until('it is ready', () => lines.slice(before).some((line) => line.includes('"msg":"ready"')), {
      deadlineMs: 20_000,
    });
    return one;
  };
  const delivery = async (): Promise<Record<string, unknown> | undefined> => {
    const sql = "SELECT * FROM delivery WHERE workspace_id = $1 AND channel = 'EMAIL'";
    const rows: Record<string, unknown>[] = await database.query(sql, [workspaceId]);
    return rows[0];
  };

  it('leaves the mail that it was sending to another one, which sends it under the same Message-ID', async () => {
    mails.refusals.push('HANG');
    const first = await start();
    const payload = meetingOf([organizer, colleague], { title: '비밀 회의' });
    const actorId = organizer.userId;
    await publishEvent(namespace, meetingCreated, { workspaceId, aggregateId: payload.id, payload, actorId });
    await until('the server has the mail, and has not said so', () => mails.received.length === 1);
    await kill(first);
    expect(await delivery()).toMatchObject({ state: 'PENDING', attempts: 1, claim: expect.any(String) });
    await start();
    // As if its two minutes were over.
    await expire(database, workspaceId);
    const sent = await until('it is sent', async () => {
      const one = await delivery();
      return one?.['state'] === 'SENT' && one;
    });
    expect(sent).toMatchObject({ attempts: 2, claim: null, next_attempt_at: null });
    const ids = mails.received.map(({ headers }) => headers.get('message-id'));
    expect(ids).toEqual([sent['message_id'], sent['message_id']]);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => /kim@example|비밀/.test(line))).toEqual([]);
  });
});
