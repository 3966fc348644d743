import { createHmac } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserViewer } from '@hoerok/shared/auth';
import { meetingCreated, todoCreated } from '@hoerok/shared/contracts';
import {
  requestDeletionStep,
  startTestService,
  type TestService,
  testViewer,
  until,
} from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { notificationsService } from '../src/service.ts';
import { hurry, readLog, untilDelivery } from './delivery-reader.ts';
import { type HttpReceiver, startHttpReceiver } from './http-receiver.ts';
import { publish } from './inbox-reader.ts';
import { parseMail } from './mail-server.ts';
import { createPeopleGateway } from './people-gateway.ts';
import { meetingOf, todoOf } from './told-events.ts';

const SECRET = 'a-secret-that-only-this-test-knows-0123';
const PHONE = '+821012345678';
const SET = `mutation ($input: NotificationPreferencesInput!) {
  setNotificationPreferences(input: $input) { userErrors { code } } }`;
const BY_SMS = {
  phone: PHONE,
  channels: ['MEETING_CREATED', 'TODO_ASSIGNED'].map((kind) => ({ kind, channels: ['SMS'] })),
};

describe('messages that are no e-mail by a provider', () => {
  const gateway = createPeopleGateway();
  let spool: string;
  let receiver: HttpReceiver;
  let sms: TestService;
  let spooling: TestService;
  let database: DataSource;
  let organizer: UserViewer;
  let colleague: UserViewer;
  let admin: UserViewer;

  beforeAll(async () => {
    spool = await mkdtemp(join(tmpdir(), 'hoerok-spool-'));
    receiver = await startHttpReceiver();
    const common = { APP_URL: 'https://hoerok.example.com', SPOOL_DIR: join(spool, 'messages') };
    const adapters = { gateway };
    sms = await startTestService(environment, notificationsService, {
      adapters,
      environment: { ...common, SMS_URL: `${receiver.url}/send`, SMS_SECRET: SECRET },
    });
    spooling = await startTestService(environment, notificationsService, { adapters, environment: common });
    database = await createDataSource(spooling.databaseUrl).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await sms[Symbol.asyncDispose]();
    await spooling[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
    await rm(spool, { recursive: true });
  });
  beforeEach(() => {
    organizer = testViewer();
    const { workspaceId } = organizer;
    colleague = testViewer({ workspaceId });
    admin = testViewer({ workspaceId, role: 'MANAGER' });
    receiver.calls.length = 0;
    for (const user of [organizer, colleague]) gateway.know(user);
  });

  const invite = async (test: TestService, title = '주간 회의'): Promise<string> => {
    const payload = meetingOf([organizer, colleague], { title });
    const { workspaceId } = organizer;
    await publish(test, { contract: meetingCreated, payload, workspaceId, actor: organizer });
    return payload.id;
  };

  it('posts an SMS that only the holder of the secret can have made, and repeats it under the same key', async () => {
    await sms.execute(colleague, SET, { input: BY_SMS });
    receiver.statuses.push(503);
    const id = await invite(sms);
    const waiting = await untilDelivery(sms, admin, 'SMS', {
      attempts: 1,
      lastError: 'HTTP 503',
      responseStatus: 503,
    });
    const other = await createDataSource(sms.databaseUrl).initialize();
    await hurry(other, organizer.workspaceId);
    await other.destroy();
    await untilDelivery(sms, admin, 'SMS', { state: 'SENT', attempts: 2, provider: 'sms' });
    expect(receiver.calls.map(({ headers }) => headers['idempotency-key'])).toEqual([waiting.id, waiting.id]);
    for (const { headers, body, path } of receiver.calls) {
      expect(path).toBe('/send');
      expect(JSON.parse(body)).toEqual({
        to: PHONE,
        text: `[회록] ‘주간 회의’에 초대되었습니다 https://hoerok.example.com/meetings/${id}`,
      });
      const signed = `${String(headers['x-hoerok-timestamp'])}.${body}`;
      const signature = createHmac('sha256', SECRET).update(signed).digest('hex');
      expect(headers['x-hoerok-signature']).toBe(`v1=${signature}`);
    }
  });

  it('says nothing in an SMS of what is to be done, and stops where it is refused', async () => {
    await sms.execute(colleague, SET, { input: BY_SMS });
    receiver.statuses.push(400);
    const todo = todoOf({ createdById: organizer.userId, assigneeId: colleague.userId, title: '비밀 견적' });
    const { workspaceId } = organizer;
    await publish(sms, { contract: todoCreated, payload: todo, workspaceId, actor: organizer });
    await untilDelivery(sms, admin, 'SMS', { state: 'FAILED', lastError: 'HTTP 400', attempts: 1 });
    const { text } = JSON.parse(receiver.calls[0]?.body ?? '{}') as { text: string };
    expect(text).toBe(`[회록] 새로운 할 일이 있습니다 https://hoerok.example.com/todos/${todo.id}`);
    expect(JSON.stringify(await readLog(sms, admin))).not.toContain(PHONE);
  });

  it('writes to files that people can read when no provider is set up, and never calls that sent', async () => {
    await invite(spooling);
    const mail = await untilDelivery(spooling, admin, 'EMAIL', { state: 'SPOOLED' });
    expect(mail).toMatchObject({ provider: 'spool', sentAt: null, attempts: 1 });
    const file = (extension: string): string => join(spool, 'messages', `${mail.id}.${extension}`);
    const parsed = parseMail(await readFile(file('eml'), 'utf8'), '', []);
    expect(parsed.headers.get('subject')).toBe('‘주간 회의’에 초대되었습니다');
    expect(parsed.html).toContain('초대되었습니다');
    expect(await readFile(file('txt'), 'utf8')).toContain(
      `To: ${colleague.userId}@example.com\nSubject: ‘주간 회의’에 초대되었습니다\n\n`,
    );
    expect((await stat(file('eml'))).mode & 0o777).toBe(0o600);
    await spooling.execute(colleague, SET, { input: BY_SMS });
    await invite(spooling);
    const short = await untilDelivery(spooling, admin, 'SMS', { state: 'SPOOLED' });
    const kept = await readFile(join(spool, 'messages', `${short.id}.json`), 'utf8');
    expect(JSON.parse(kept)).toMatchObject({ to: PHONE });
  });

  it('leaves no file and no delivery of a meeting that is deleted, digests that told of it included', async () => {
    const { workspaceId } = organizer;
    const third = testViewer({ workspaceId });
    gateway.know(third);
    const digest = { digest: 'DAILY' };
    await spooling.execute(third, SET, { input: digest });
    const payload = meetingOf([organizer, colleague, third], { title: '지워질 회의' });
    await publish(spooling, { contract: meetingCreated, payload, workspaceId, actor: organizer });
    const spooled = async (count: number): Promise<string[]> =>
      await until(`${count} are spooled`, async () => {
        const log = await readLog(spooling, admin, { channel: 'EMAIL', state: 'SPOOLED' });
        return log.length === count && log.map(({ id }) => id);
      });
    await spooled(1);
    await until('the digest waits', async () => {
      const log = await readLog(spooling, admin, { channel: 'EMAIL', state: 'PENDING' });
      return log.some(({ event }) => event === 'digest');
    });
    await hurry(database, workspaceId);
    // The mail of one, the digest of another, and what the digest told.
    const ids = await spooled(3);
    const files = async (): Promise<string[]> =>
      (await readdir(join(spool, 'messages'))).filter((name) => ids.some((id) => name.startsWith(id)));
    expect((await files()).length).toBe(4);
    const service = { name: 'notifications', namespace: spooling.namespace, database };
    const meeting = { workspaceId, meetingId: payload.id };
    await requestDeletionStep(service, 'hide', meeting);
    expect((await readLog(spooling, admin)).every(({ event }) => event === 'digest')).toBe(true);
    await requestDeletionStep(service, 'purge', meeting);
    expect(await files()).toEqual([]);
    const rows: unknown[] = await database.query('SELECT 1 FROM delivery WHERE meeting_id = $1', [
      payload.id,
    ]);
    expect(rows).toEqual([]);
  });
});
