import { createHmac } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { meetingCreated, meetingUpdated, todoCreated } from '@hoerok/shared/contracts';
import { startTestService, type TestService, testViewer, until } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { notificationsService } from '../src/service.ts';
import { hurry, readLog, untilDelivery } from './delivery-reader.ts';
import { type HttpReceiver, startHttpReceiver } from './http-receiver.ts';
import { expectTold, publish } from './inbox-reader.ts';
import { createPeopleGateway } from './people-gateway.ts';
import { meetingOf, todoOf } from './told-events.ts';

const CREATE = `mutation ($url: String!, $kinds: [NotificationKind!]!) { answer: createWebhook(url: $url, kinds: $kinds) {
  signingSecret endpoint { id url kinds secretHint disabledAt } userErrors { code path } } }`;
const UPDATE = `mutation ($id: ID!, $url: String, $kinds: [NotificationKind!], $enabled: Boolean) {
  answer: updateWebhook(id: $id, url: $url, kinds: $kinds, enabled: $enabled) {
    signingSecret endpoint { id url kinds secretHint disabledAt } userErrors { code path } } }`;
const ROTATE = `mutation ($id: ID!) { answer: rotateWebhookSecret(id: $id) {
  signingSecret endpoint { id url kinds secretHint disabledAt } userErrors { code path } } }`;
const DELETE = 'mutation ($id: ID!) { answer: deleteWebhook(id: $id) { deletedId userErrors { code } } }';
const TEST =
  'mutation ($id: ID!) { answer: testWebhook(id: $id) { delivery { id state } userErrors { code } } }';
const LIST = `{ webhooks { id url kinds secretHint failingSince disabledAt disabledReason
  deliveries { totalCount edges { node { event state } } } } }`;

const answer = z.object({
  answer: z.object({
    signingSecret: z.string().nullable(),
    endpoint: z
      .object({ id: z.string(), url: z.string(), secretHint: z.string(), disabledAt: z.string().nullable() })
      .loose()
      .nullable(),
    userErrors: z.array(z.object({ code: z.string(), path: z.array(z.string()).nullable() })),
  }),
});
type Answer = z.output<typeof answer>['answer'];

describe('webhooks', () => {
  const gateway = createPeopleGateway();
  let receiver: HttpReceiver;
  let test: TestService;
  let database: DataSource;
  let admin: UserViewer;
  let organizer: UserViewer;

  beforeAll(async () => {
    receiver = await startHttpReceiver();
    test = await startTestService(environment, notificationsService, {
      adapters: { gateway },
      environment: { WEBHOOK_ALLOW_PRIVATE: 'true', APP_URL: 'https://hoerok.example.com' },
    });
    database = await createDataSource(test.databaseUrl).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await test[Symbol.asyncDispose]();
    await receiver[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    admin = testViewer({ role: 'ADMIN' });
    organizer = testViewer({ workspaceId: admin.workspaceId });
    gateway.know(admin);
    receiver.calls.length = 0;
    receiver.statuses.length = 0;
    for (const name of Object.keys(receiver.headers)) delete receiver.headers[name];
  });

  const ask = async (document: string, variables: object, viewer = admin): Promise<Answer> => {
    const { data, errors } = await test.execute(viewer, document, variables);
    expect(errors).toBeUndefined();
    return answer.parse(data).answer;
  };
  const create = async (
    kinds = ['MEETING_CREATED'],
    path = '/hook',
  ): Promise<{ id: string; secret: string }> => {
    const { endpoint, signingSecret, userErrors } = await ask(CREATE, {
      url: `${receiver.url}${path}`,
      kinds,
    });
    expect(userErrors).toEqual([]);
    return { id: endpoint?.id ?? '', secret: signingSecret ?? '' };
  };
  const signatureOf = (secret: string, call: (typeof receiver.calls)[number] | undefined): string => {
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
    const signed = `${String(call?.headers['webhook-id'])}.${String(call?.headers['webhook-timestamp'])}.${call?.body}`;
    return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  };
  const meet = async (): Promise<ReturnType<typeof meetingOf>> => {
    const { workspaceId } = admin;
    const guest = testViewer({ workspaceId });
    const payload = meetingOf([organizer, guest, testViewer({ workspaceId }), testViewer({ workspaceId })]);
    await publish(test, { contract: meetingCreated, payload, workspaceId, actor: organizer });
    await expectTold(test, guest, 'MEETING_CREATED');
    return payload;
  };

  it('calls each endpoint once for an event, however many people are told of it, with a signature', async () => {
    const { id, secret } = await create();
    await create(['TODO_ASSIGNED'], '/other');
    const meeting = await meet();
    const sent = await untilDelivery(test, admin, 'WEBHOOK', { state: 'DELIVERED', webhookId: id });
    const [call, ...others] = receiver.calls;
    expect(others).toEqual([]);
    expect(call?.headers['webhook-id']).toBe(sent.id);
    expect(call?.headers['webhook-signature']).toBe(signatureOf(secret, call));
    expect(JSON.parse(call?.body ?? '')).toEqual({
      specversion: '1.0',
      id: sent.id,
      source: '/hoerok/notifications',
      type: 'meeting.created',
      time: expect.any(String),
      datacontenttype: 'application/json',
      data: {
        workspace: admin.workspaceId,
        subject: { __typename: 'Meeting', id: meeting.id },
        meeting: meeting.id,
        link: `https://hoerok.example.com/meetings/${meeting.id}`,
      },
    });
    expect(sent).toMatchObject({ responseStatus: 200, provider: 'webhook', recipient: null });
    // That somebody joined later is no new meeting.
    const grown = meetingOf([organizer, testViewer({ workspaceId: admin.workspaceId })], {
      id: meeting.id,
      revision: 2,
    });
    await publish(test, { contract: meetingUpdated, payload: grown, workspaceId: admin.workspaceId });
    const todo = todoOf({ createdById: organizer.userId, assigneeId: organizer.userId });
    const { workspaceId } = admin;
    await publish(test, { contract: todoCreated, payload: { ...todo, assigneeId: null }, workspaceId });
    await publish(test, { contract: todoCreated, payload: todo, workspaceId, actor: organizer });
    await until('the other one was called', () => receiver.calls.length > 1);
    expect(receiver.calls.map(({ path }) => path)).toEqual(['/hook', '/other']);
  });

  it('repeats a call under the same id until it is answered, as late as it is asked to', async () => {
    await create();
    receiver.headers['retry-after'] = '120';
    receiver.statuses.push(429, 500, 503);
    await meet();
    const ladder = [120, 120, 300];
    for (const [index, seconds] of ladder.entries()) {
      const lastError = `HTTP ${[429, 500, 503][index]}`;
      const expected = { attempts: index + 1, state: 'PENDING', lastError };
      const waiting = await untilDelivery(test, admin, 'WEBHOOK', expected);
      const pauseMs = new Date(waiting.nextAttemptAt ?? 0).getTime() - Date.now();
      expect(pauseMs).toBeGreaterThan((seconds - 20) * 1_000);
      await hurry(database, admin.workspaceId);
    }
    await untilDelivery(test, admin, 'WEBHOOK', { state: 'DELIVERED', attempts: 4, lastError: null });
    expect(new Set(receiver.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    const { data } = await test.execute(admin, LIST);
    expect(data).toMatchObject({ webhooks: [{ failingSince: null, deliveries: { totalCount: 1 } }] });
  });

  it('lets an endpoint that hangs hold up nobody but itself', async () => {
    receiver.hanging.add('/hangs');
    const { id } = await create(['MEETING_CREATED'], '/hangs');
    await create(['MEETING_CREATED'], '/answers');
    for (let count = 0; count < 12; count += 1) await meet();
    await until('the other one has all', async () => {
      const delivered = await readLog(test, admin, { state: 'DELIVERED', channel: 'WEBHOOK' });
      return delivered.length === 12;
    });
    const byPath = Map.groupBy(receiver.calls, ({ path }) => path);
    expect([byPath.get('/answers')?.length, (byPath.get('/hangs')?.length ?? 0) < 12]).toEqual([12, true]);
    await test.execute(admin, DELETE, { id });
  });

  it('keeps at most 2000 waiting for an endpoint, and says so of the others', async () => {
    const { id } = await create();
    const fill = `INSERT INTO delivery (id, workspace_id, channel, event, state, endpoint_id, cause_id, occurred_at, attempts, due_at,
        next_attempt_at)
      SELECT 'full-' || $2 || n, $1, 'WEBHOOK', 'meeting.created', 'PENDING', $2, n, now(), 0, now(), now() + interval '1 day'
      FROM generate_series(1, 2000) n`;
    await database.query(fill, [admin.workspaceId, id]);
    await meet();
    const refused = await readLog(test, admin, { channel: 'WEBHOOK', state: 'SUPPRESSED' });
    expect(refused.map(({ lastError }) => lastError)).toEqual(['QUEUE_FULL']);
    expect(receiver.calls).toEqual([]);
  });

  it('gives up where the call is refused, and follows no redirect', async () => {
    await create();
    receiver.statuses.push(404);
    await meet();
    await untilDelivery(test, admin, 'WEBHOOK', { state: 'FAILED', attempts: 1, responseStatus: 404 });
    receiver.statuses.push(307);
    receiver.headers['location'] = '/inside';
    await meet();
    await untilDelivery(test, admin, 'WEBHOOK', { state: 'FAILED', attempts: 1, responseStatus: 307 });
    expect(receiver.calls.map(({ path }) => path)).toEqual(['/hook', '/hook']);
  });

  it('shows a secret once, keeps it encrypted, and signs with both for a while after a rotation', async () => {
    const { id, secret } = await create();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const rotated = await ask(ROTATE, { id });
    expect(rotated.signingSecret).not.toBe(secret);
    expect(rotated.endpoint?.secretHint).toBe(`…${rotated.signingSecret?.slice(-4)}`);
    const stored: object[] = await database.query('SELECT * FROM webhook_endpoint WHERE id = $1', [id]);
    expect(JSON.stringify(stored)).not.toContain(secret.slice(6));
    expect(JSON.stringify(stored)).not.toContain(rotated.signingSecret?.slice(6));
    expect((await ask(UPDATE, { id, kinds: ['MEETING_CREATED', 'TODO_DUE'] })).signingSecret).toBeNull();
    await meet();
    await untilDelivery(test, admin, 'WEBHOOK', { state: 'DELIVERED' });
    const [call] = receiver.calls;
    const both = [rotated.signingSecret ?? '', secret].map((one) => signatureOf(one, call)).join(' ');
    expect(call?.headers['webhook-signature']).toBe(both);
    const past =
      "UPDATE webhook_endpoint SET previous_secret_until = now() - interval '1 second' WHERE id = $1";
    await database.query(past, [id]);
    await meet();
    await until('a second call came', () => receiver.calls.length === 2);
    expect(receiver.calls[1]?.headers['webhook-signature']).toBe(
      signatureOf(rotated.signingSecret ?? '', receiver.calls[1]),
    );
  });

  it('sends a test when somebody asks for it, and nothing once it is off or gone', async () => {
    const { id } = await create();
    const { data } = await test.execute(admin, TEST, { id });
    expect(data).toMatchObject({ answer: { delivery: { state: 'PENDING' }, userErrors: [] } });
    await untilDelivery(test, admin, 'WEBHOOK', { event: 'webhook.test', state: 'DELIVERED' });
    expect(JSON.parse(receiver.calls[0]?.body ?? '')).toMatchObject({
      type: 'webhook.test',
      data: { subject: null },
    });
    expect((await ask(UPDATE, { id, enabled: false })).endpoint?.disabledAt).not.toBeNull();
    expect((await test.execute(admin, TEST, { id })).data).toEqual({
      answer: { delivery: null, userErrors: [{ code: 'WRONG_STATE' }] },
    });
    await meet();
    expect((await ask(UPDATE, { id, enabled: true })).endpoint?.disabledAt).toBeNull();
    await meet();
    await until('it is called again', () => receiver.calls.length === 2);
    expect((await readLog(test, admin, { channel: 'WEBHOOK' })).length).toBe(2);
    expect((await test.execute(admin, DELETE, { id })).data).toEqual({
      answer: { deletedId: id, userErrors: [] },
    });
    expect(await readLog(test, admin, { channel: 'WEBHOOK' })).toEqual([]);
  });

  it('switches off what has failed for days or is gone, and tells every ADMIN', async () => {
    const { id } = await create();
    receiver.statuses.push(500, 500);
    await meet();
    await untilDelivery(test, admin, 'WEBHOOK', { attempts: 1, lastError: 'HTTP 500' });
    const days = "UPDATE webhook_endpoint SET failing_since = now() - interval '6 days' WHERE id = $1";
    await database.query(days, [id]);
    await hurry(database, admin.workspaceId);
    await expectTold(test, admin, 'WEBHOOK_DISABLED');
    const { data } = await test.execute(admin, LIST);
    expect(data).toMatchObject({
      webhooks: [{ disabledReason: 'FAILING', deliveries: { edges: [{ node: { state: 'SUPPRESSED' } }] } }],
    });
    await ask(UPDATE, { id, enabled: true });
    receiver.statuses.splice(0, 2, 410);
    await meet();
    await expectTold(test, admin, 'WEBHOOK_DISABLED', 'WEBHOOK_DISABLED');
    expect((await test.execute(admin, LIST)).data).toMatchObject({ webhooks: [{ disabledReason: 'GONE' }] });
  });

  it('lets an ADMIN who has signed in manage them, and nobody else, in no other workspace', async () => {
    const { id } = await create();
    const { workspaceId } = admin;
    const forbidden = [
      testViewer({ workspaceId, role: 'MANAGER' }),
      organizer,
      { ...admin, apiKeyId: 'key-1', scopes: ['write'] },
    ];
    for (const viewer of forbidden) {
      const created = await ask(CREATE, { url: `${receiver.url}/x`, kinds: ['TODO_DUE'] }, viewer);
      expect(created).toMatchObject({
        endpoint: null,
        signingSecret: null,
        userErrors: [{ code: 'FORBIDDEN' }],
      });
      for (const document of [UPDATE, ROTATE])
        expect((await ask(document, { id }, viewer)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
      const { errors } = await test.execute(viewer, LIST);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
    const { errors } = await test.execute(organizer, '{ deliveryLog { totalCount } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const stranger = testViewer({ role: 'ADMIN' });
    for (const document of [UPDATE, ROTATE])
      expect((await ask(document, { id }, stranger)).userErrors).toEqual([
        { code: 'NOT_FOUND', path: ['id'] },
      ]);
    expect((await test.execute(stranger, LIST)).data).toEqual({ webhooks: [] });
    expect(await readLog(test, stranger)).toEqual([]);
  });

  it('refuses addresses that must not be called, and takes at most twenty', async () => {
    const refused = [
      'http://169.254.169.254/',
      'http://user:word@example.com/',
      'ftp://example.com/',
      'nothing',
    ];
    for (const url of refused)
      expect((await ask(CREATE, { url, kinds: ['TODO_DUE'] })).userErrors).toEqual([
        { code: 'BAD_INPUT', path: ['url'] },
      ]);
    expect((await ask(CREATE, { url: receiver.url, kinds: [] })).userErrors).toEqual([
      { code: 'BAD_INPUT', path: ['kinds'] },
    ]);
    for (let count = 0; count < 20; count += 1) await create();
    expect((await ask(CREATE, { url: receiver.url, kinds: ['TODO_DUE'] })).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
  });

  it('calls nothing in the intranet unless that is allowed', async () => {
    await using strict = await startTestService(environment, notificationsService, { adapters: { gateway } });
    const strictDatabase = await createDataSource(strict.databaseUrl).initialize();
    const url = 'https://hooks.example.com/a';
    const { data } = await strict.execute(admin, CREATE, { url, kinds: ['MEETING_CREATED'] });
    const { id } = answer.parse(data).answer.endpoint ?? { id: '' };
    const plain = await strict.execute(admin, CREATE, { url: receiver.url, kinds: ['MEETING_CREATED'] });
    expect(answer.parse(plain.data).answer.userErrors).toEqual([{ code: 'BAD_INPUT', path: ['url'] }]);
    // Even an address that got into the table is not called.
    await strictDatabase.query('UPDATE webhook_endpoint SET url = $2 WHERE id = $1', [id, receiver.url]);
    await strict.execute(admin, TEST, { id });
    await untilDelivery(strict, admin, 'WEBHOOK', { state: 'FAILED', lastError: 'ADDRESS_REFUSED' });
    expect(receiver.calls).toEqual([]);
    await strictDatabase.destroy();
  });
});
