import type { UserViewer } from '@hoerok/shared/auth';
import {
  meetingCreated,
  meetingShared,
  meetingUpdated,
  minutesCreated,
  todoCreated,
} from '@hoerok/shared/contracts';
import { startTestService, type TestService, testViewer, until } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { notificationsService } from '../src/service.ts';
import { expire, hurry, readLog, untilDelivery } from './delivery-reader.ts';
import { expectTold, kindsOf, publish } from './inbox-reader.ts';
import { type MailServer, type ReceivedMail, startMailServer } from './mail-server.ts';
import { createPeopleGateway } from './people-gateway.ts';
import { meetingOf, minutesOf, todoOf } from './told-events.ts';

const APP = 'https://hoerok.example.com';
const SET = `mutation ($input: NotificationPreferencesInput!) {
  setNotificationPreferences(input: $input) { preferences { digest phone quietHours { from to } language
    channels { kind channels } } userErrors { code path } } }`;

describe('notifications by e-mail', () => {
  const gateway = createPeopleGateway();
  let mails: MailServer;
  let test: TestService;
  let database: DataSource;
  let organizer: UserViewer;
  let colleague: UserViewer;
  let admin: UserViewer;

  beforeAll(async () => {
    mails = await startMailServer();
    test = await startTestService(environment, notificationsService, {
      adapters: { gateway },
      environment: {
        SMTP_URL: `smtp://127.0.0.1:${mails.port}`,
        MAIL_FROM: '회록 <no-reply@hoerok.example.com>',
        APP_URL: `${APP}/`,
        PUBLIC_URL: 'https://notify.example.com',
      },
    });
    database = await createDataSource(test.databaseUrl).initialize();
  });
  afterAll(async () => {
    await database.destroy();
    await test[Symbol.asyncDispose]();
    await mails[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    organizer = testViewer();
    const { workspaceId } = organizer;
    colleague = testViewer({ workspaceId });
    admin = testViewer({ workspaceId, role: 'ADMIN' });
    mails.refusals.length = 0;
    gateway.away = false;
    for (const user of [organizer, colleague, admin]) gateway.know(user);
  });

  const mailsTo = ({ userId }: UserViewer): ReceivedMail[] =>
    mails.received.filter(({ to }) => to.includes(`${userId}@example.com`));
  const mailTo = (user: UserViewer, count = 1): Promise<ReceivedMail> =>
    until(`mail ${count} came`, () => (mailsTo(user).length >= count ? mailsTo(user)[count - 1] : undefined));
  const invite = async (overrides: object = {}): Promise<ReturnType<typeof meetingOf>> => {
    const meeting = meetingOf([organizer, colleague], overrides);
    const { workspaceId } = organizer;
    await publish(test, { contract: meetingCreated, payload: meeting, workspaceId, actor: organizer });
    return meeting;
  };
  const assign = async (title: string): Promise<void> => {
    const todo = todoOf({ createdById: organizer.userId, assigneeId: colleague.userId, title });
    await publish(test, {
      contract: todoCreated,
      payload: todo,
      workspaceId: organizer.workspaceId,
      actor: organizer,
    });
  };
  const set = async (user: UserViewer, input: object): Promise<Record<string, unknown>> => {
    const { data, errors } = await test.execute(user, SET, { input });
    expect(errors).toBeUndefined();
    return data?.['setNotificationPreferences'] as Record<string, unknown>;
  };

  it('writes in the language of the recipient, with links and a way to stop', async () => {
    const meeting = await invite({ title: '주간 회의' });
    const { headers, text, html, from } = await mailTo(colleague);
    expect(from).toBe('no-reply@hoerok.example.com');
    expect(headers.get('subject')).toBe('‘주간 회의’에 초대되었습니다');
    expect(headers.get('from')).toBe('회록 <no-reply@hoerok.example.com>');
    expect(text).toContain('일시: 2026년 3월 4일 수요일 오전 10:00(Asia/Seoul)');
    expect(text).toContain(`${APP}/meetings/${meeting.id}`);
    expect(html).toContain(`<html lang="ko">`);
    expect(html).toContain(`href="${APP}/meetings/${meeting.id}"`);
    const sent = await untilDelivery(test, admin, 'EMAIL', { state: 'SENT' });
    expect(headers.get('message-id')).toBe(`<${sent.id}@hoerok.example.com>`);
    expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    expect(headers.get('list-unsubscribe')).toMatch(/^<https:\/\/notify\.example\.com\/unsubscribe\?token=/);
    expect(sent).toMatchObject({
      event: 'meeting.created',
      provider: 'smtp',
      attempts: 1,
      lastError: null,
      messageId: headers.get('message-id'),
      recipient: { id: colleague.userId },
    });
    expect(mailsTo(organizer)).toEqual([]);
  });

  it('writes English to who reads English, whatever the meeting is held in', async () => {
    gateway.know(colleague, { locale: 'en-GB' });
    await invite({ title: '주간 회의', language: 'ko' });
    const { headers, html } = await mailTo(colleague);
    expect(headers.get('subject')).toBe('You are invited to “주간 회의”');
    expect(html).toContain('<html lang="en">');
  });

  it('takes what people write for text: no line of the head, no markup', async () => {
    const title = 'A<script>alert(1)</script>"\'&\r\nBcc: everybody@example.com\r\n\r\nBody';
    await invite({ title });
    const { headers, html, raw, to } = await mailTo(colleague);
    expect(to).toEqual([`${colleague.userId}@example.com`]);
    expect(headers.has('bcc')).toBe(false);
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
    expect(headers.get('subject')).toContain('Bcc: everybody@example.com');
    expect(html).not.toContain('<script>');
    expect(html).toContain('A&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
  });

  it('tries again what the server cannot take for now, under the same Message-ID', async () => {
    mails.refusals.push(451, 421);
    await invite();
    const waiting = await untilDelivery(test, admin, 'EMAIL', { attempts: 1, lastError: 'EMESSAGE 451' });
    expect(waiting.state).toBe('PENDING');
    expect(new Date(waiting.nextAttemptAt ?? 0).getTime()).toBeGreaterThan(Date.now() + 20_000);
    await hurry(database, organizer.workspaceId);
    await untilDelivery(test, admin, 'EMAIL', { attempts: 2, lastError: 'EMESSAGE 421' });
    await hurry(database, organizer.workspaceId);
    const sent = await untilDelivery(test, admin, 'EMAIL', { state: 'SENT', attempts: 3 });
    expect(mailsTo(colleague).map(({ headers }) => headers.get('message-id'))).toEqual([sent.messageId]);
  });

  it('gives up what the server will never take, and repeats nothing of what it said', async () => {
    mails.refusals.push(550);
    await invite();
    const failed = await untilDelivery(test, admin, 'EMAIL', { state: 'FAILED' });
    expect(failed).toMatchObject({
      attempts: 1,
      lastError: 'EMESSAGE 550',
      nextAttemptAt: null,
      sentAt: null,
    });
    const retry = 'mutation ($id: ID!) { retryDelivery(id: $id) { delivery { state } userErrors { code } } }';
    expect((await test.execute(colleague, retry, { id: failed.id })).data).toEqual({
      retryDelivery: { delivery: null, userErrors: [{ code: 'FORBIDDEN' }] },
    });
    expect((await test.execute(testViewer({ role: 'ADMIN' }), retry, { id: failed.id })).data).toEqual({
      retryDelivery: { delivery: null, userErrors: [{ code: 'NOT_FOUND' }] },
    });
    expect((await test.execute(admin, retry, { id: failed.id })).data).toEqual({
      retryDelivery: { delivery: { state: 'PENDING' }, userErrors: [] },
    });
    await untilDelivery(test, admin, 'EMAIL', { id: failed.id, state: 'SENT', attempts: 1 });
    expect((await test.execute(admin, retry, { id: failed.id })).data).toEqual({
      retryDelivery: { delivery: null, userErrors: [{ code: 'WRONG_STATE' }] },
    });
  });

  it('sends again, under the same id, what a worker had taken that died', async () => {
    gateway.away = true;
    await invite();
    await untilDelivery(test, admin, 'EMAIL', { state: 'PENDING', attempts: 0 });
    // As it stands in the database after kill -9: taken, counted, and nobody there to settle it.
    const taken = `UPDATE delivery SET claim = 'dead', attempts = 1, next_attempt_at = now() + interval '120 s'
      WHERE workspace_id = $1 AND channel = 'EMAIL'`;
    await database.query(taken, [organizer.workspaceId]);
    gateway.away = false;
    await expire(database, organizer.workspaceId);
    const sent = await untilDelivery(test, admin, 'EMAIL', { state: 'SENT', attempts: 2 });
    expect((await mailTo(colleague)).headers.get('message-id')).toBe(sent.messageId);
  });

  it('waits for people to be known again, and lets go of what is half an hour late', async () => {
    gateway.away = true;
    await invite();
    await until('it was looked at', async () => {
      const [one] = await readLog(test, admin, { channel: 'EMAIL' });
      return one !== undefined && new Date(one.nextAttemptAt ?? 0).getTime() > Date.now() + 10_000;
    });
    const late = `UPDATE delivery SET due_at = now() - interval '31 minutes' WHERE workspace_id = $1`;
    await database.query(late, [organizer.workspaceId]);
    gateway.away = false;
    await hurry(database, organizer.workspaceId);
    await untilDelivery(test, admin, 'EMAIL', { state: 'FAILED', lastError: 'EXPIRED' });
    expect(mailsTo(colleague)).toEqual([]);
  });

  it('writes to nobody who has left, has no address, or has read it', async () => {
    gateway.know(colleague, { active: false });
    await invite();
    await untilDelivery(test, admin, 'EMAIL', { state: 'SUPPRESSED', lastError: 'INACTIVE' });
    gateway.know(colleague, { email: 'nobody\r\nBcc: x@example.com' });
    await invite();
    await untilDelivery(test, admin, 'EMAIL', { state: 'SUPPRESSED', lastError: 'NO_ADDRESS' });
    gateway.know(colleague);
    gateway.away = true;
    await invite();
    await untilDelivery(test, admin, 'EMAIL', { state: 'PENDING' });
    await expectTold(test, colleague, 'MEETING_CREATED', 'MEETING_CREATED', 'MEETING_CREATED');
    await test.execute(colleague, 'mutation { markAllRead { markedCount } }');
    gateway.away = false;
    await hurry(database, organizer.workspaceId);
    await untilDelivery(test, admin, 'EMAIL', { state: 'SUPPRESSED', lastError: 'READ' });
    expect(mailsTo(colleague)).toEqual([]);
  });

  it('tells in the ways that somebody chose, and shows in the app what belongs there alone', async () => {
    const none = await set(colleague, { channels: [{ kind: 'MEETING_CREATED', channels: [] }] });
    expect(none['userErrors']).toEqual([]);
    await set(colleague, { channels: [{ kind: 'MINUTES_READY', channels: ['EMAIL'] }] });
    const { id } = await invite();
    const payload = minutesOf(id, colleague.userId);
    await publish(test, { contract: minutesCreated, payload, workspaceId: organizer.workspaceId });
    expect((await mailTo(colleague)).headers.get('subject')).toContain('회의록이 준비되었습니다');
    expect(await kindsOf(test, colleague)).toEqual([]);
    await expectTold(test, organizer, 'MINUTES_READY');
  });

  it('refuses preferences that make no sense, and changes nothing then', async () => {
    const wrong: [object, string[]][] = [
      [
        { channels: [{ kind: 'TODO_DUE', channels: ['WEBHOOK'] }] },
        ['input', 'channels', '0', 'channels', '0'],
      ],
      [{ channels: [{ kind: 'TODO_DUE', channels: ['SMS'] }] }, ['input', 'phone']],
      [{ phone: '010-1234-5678' }, ['input', 'phone']],
      [{ quietHours: { from: '22:00', to: '24:00' } }, ['input', 'quietHours', 'to']],
      [{ quietHours: { from: '22:00', to: '22:00' } }, ['input', 'quietHours', 'to']],
      [{ language: 'fr' }, ['input', 'language']],
    ];
    for (const [input, path] of wrong)
      expect(await set(colleague, { digest: 'DAILY', ...input })).toEqual({
        preferences: null,
        userErrors: [{ code: 'BAD_INPUT', path }],
      });
    expect(await set(colleague, {})).toMatchObject({ preferences: { digest: 'INSTANT', phone: null } });
    const read = `query ($r: [_Any!]!) { _entities(representations: $r) {
      ... on User { notificationPreferences { digest channels { kind } } } } }`;
    const r = [{ __typename: 'User', id: colleague.userId }];
    expect((await test.execute(admin, read, { r })).data).toEqual({
      _entities: [{ notificationPreferences: null }],
    });
    const own = (await test.execute(colleague, read, { r })).data;
    expect(own).toMatchObject({ _entities: [{ notificationPreferences: { digest: 'INSTANT' } }] });
  });

  it('stops e-mails of a kind by one click in a mail program, not by looking at the link', async () => {
    await invite();
    const { headers } = await mailTo(colleague);
    const { search } = new URL(/<(.*)>/.exec(headers.get('list-unsubscribe') ?? '')?.[1] ?? '');
    const link = `${test.service.url}/unsubscribe${search}`;
    const looked = await fetch(link);
    const page = await looked.text();
    expect(looked.status).toBe(200);
    for (const words of ['<form method="post"', 'Stop e-mails about new meetings?', '회의 초대 메일을 그만'])
      expect(page).toContain(words);
    await invite();
    await mailTo(colleague, 2);
    expect((await fetch(`${link}x`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(link, { method: 'PUT' })).status).toBe(405);
    const body = 'List-Unsubscribe=One-Click';
    const clicked = await fetch(link, { method: 'POST', body });
    expect([clicked.status, clicked.headers.get('cache-control')]).toEqual([200, 'no-store']);
    await invite();
    await assign('견적서 보내기');
    await expectTold(test, colleague, 'TODO_ASSIGNED', ...Array.from({ length: 3 }, () => 'MEETING_CREATED'));
    expect((await mailTo(colleague, 3)).headers.get('subject')).toContain('견적서 보내기');
    expect((await readLog(test, admin, { channel: 'EMAIL' })).length).toBe(3);
  });

  it('waits for the end of quiet hours, and tells in the app at once', async () => {
    const hour = Number(
      new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Asia/Seoul' }).format(),
    );
    const at = (hours: number): string => `${String((hour + hours + 24) % 24).padStart(2, '0')}:00`;
    await set(colleague, { quietHours: { from: at(-1), to: at(2) } });
    await invite();
    await expectTold(test, colleague, 'MEETING_CREATED');
    const held = await until('it waits for long', async () => {
      const [one] = await readLog(test, admin, { channel: 'EMAIL' });
      return one !== undefined && new Date(one.nextAttemptAt ?? 0).getTime() > Date.now() + 3_000_000 && one;
    });
    expect(held).toMatchObject({ state: 'PENDING', attempts: 0 });
    expect(new Date(held.nextAttemptAt ?? 0).getUTCMinutes()).toBe(0);
    await set(colleague, { quietHours: null });
    await hurry(database, organizer.workspaceId);
    await mailTo(colleague);
  });

  it('gathers what is unread for one mail a day, and sends none when there is nothing', async () => {
    await set(colleague, { digest: 'DAILY' });
    const digests = (): Promise<{ id: string; due: Date }[]> =>
      database.query(
        `SELECT id, due_at AS due FROM delivery WHERE workspace_id = $1 AND digest_day IS NOT NULL`,
        [organizer.workspaceId],
      );
    const held = async (count: number): Promise<void> => {
      const sql = `SELECT 1 FROM delivery WHERE workspace_id = $1 AND digest_id IS NOT NULL AND state = 'PENDING'`;
      await until(`${count} wait for the digest`, async () => {
        const rows: unknown[] = await database.query(sql, [organizer.workspaceId]);
        return rows.length === count;
      });
    };
    await invite({ title: '주간 회의' });
    await assign('견적서 보내기');
    await assign('예산안');
    await held(3);
    const [digest, ...others] = await digests();
    expect(others).toEqual([]);
    expect(digest?.due.toISOString()).toMatch(/T23:00:00\.000Z$/);
    const markRead = 'mutation ($ids: [ID!]!) { markRead(ids: $ids) { unreadCount } }';
    const rows: { id: string }[] = await database.query(
      `SELECT id FROM notification WHERE workspace_id = $1 AND parameters ->> 'todoTitle' = '예산안'`,
      [organizer.workspaceId],
    );
    await test.execute(colleague, markRead, { ids: rows.map(({ id }) => id) });
    await hurry(database, organizer.workspaceId);
    const { headers, text } = await mailTo(colleague);
    expect(headers.get('subject')).toBe('회록 알림 2건');
    expect(headers.get('message-id')).toBe(`<${digest?.id}@hoerok.example.com>`);
    expect(text).toContain('‘주간 회의’에 초대되었습니다');
    expect(text).toContain('견적서 보내기');
    expect(text).not.toContain('예산안');
    await until('all share its fate', async () => {
      const states = (await readLog(test, admin, { channel: 'EMAIL' })).map(({ state }) => state);
      return states.toSorted().join() === 'SENT,SENT,SENT,SUPPRESSED';
    });
    // The next one is of the same day by the calendar here; as if a day had passed.
    await database.query(`UPDATE delivery SET digest_day = '2026-01-01' WHERE id = $1`, [digest?.id]);
    await assign('회의실 예약');
    await held(1);
    await test.execute(colleague, 'mutation { markAllRead { markedCount } }');
    await hurry(database, organizer.workspaceId);
    await until('the second digest has nothing to tell', async () => {
      const all = await readLog(test, admin, { channel: 'EMAIL' });
      return all.some(({ event, lastError }) => event === 'digest' && lastError === 'NOTHING_NEW');
    });
    expect(mailsTo(colleague).length).toBe(1);
  });

  it('says nothing of a meeting to somebody who was removed while it waited', async () => {
    gateway.away = true;
    const { workspaceId } = organizer;
    const meeting = await invite();
    await untilDelivery(test, admin, 'EMAIL', { state: 'PENDING' });
    const without = meetingOf([organizer], { id: meeting.id, revision: 2 });
    await publish(test, { contract: meetingUpdated, payload: without, workspaceId, actor: organizer });
    await until('they were removed', async () => {
      const sql = 'SELECT 1 FROM meeting_access WHERE meeting_id = $1 AND revision = 2';
      return ((await database.query(sql, [meeting.id])) as unknown[]).length === 1;
    });
    gateway.away = false;
    await hurry(database, workspaceId);
    await until('it is looked at again soon', async () => {
      const [one] = await readLog(test, admin, { channel: 'EMAIL' });
      return one?.state === 'PENDING' && new Date(one.nextAttemptAt ?? 0).getTime() > Date.now();
    });
    const late = `UPDATE delivery SET due_at = now() - interval '3 minutes' WHERE workspace_id = $1`;
    await database.query(late, [workspaceId]);
    await hurry(database, workspaceId);
    await untilDelivery(test, admin, 'EMAIL', { state: 'SUPPRESSED', lastError: 'UNREADABLE' });
    expect(mailsTo(colleague)).toEqual([]);
  });

  it('invites an address without an account, with the link that the meetings domain gives', async () => {
    const meeting = await invite({ title: '주간 회의', language: 'ko' });
    const { workspaceId } = organizer;
    const share = {
      access: 'COMMENT',
      live: true,
      message: '<b>확인</b> 부탁드립니다',
      email: 'guest@example.org',
    };
    gateway.shares.set('share-1', { title: '주간 회의', url: `${APP}/s/abc`, share });
    const payload = {
      __typename: 'MeetingShare' as const,
      id: 'share-1',
      meetingId: meeting.id,
      userId: null,
      access: 'COMMENT' as const,
      sharedById: organizer.userId,
    };
    await publish(test, { contract: meetingShared, payload, workspaceId, actor: organizer });
    const mail = await until('the guest has mail', () =>
      mails.received.find(({ to }) => to[0] === 'guest@example.org'),
    );
    expect(mail.headers.get('subject')).toBe('‘주간 회의’가 공유되었습니다');
    expect(mail.html).toContain(`href="${APP}/s/abc"`);
    expect(mail.html).toContain('&lt;b&gt;확인&lt;/b&gt; 부탁드립니다');
    expect(mail.headers.has('list-unsubscribe')).toBe(false);
    gateway.shares.delete('share-1');
    await publish(test, { contract: meetingShared, payload, workspaceId, actor: organizer });
    await untilDelivery(test, admin, 'EMAIL', {
      event: 'transcript.shared',
      state: 'SUPPRESSED',
      lastError: 'GONE',
    });
    const user = { ...payload, id: 'share-2', userId: colleague.userId };
    await publish(test, { contract: meetingShared, payload: user, workspaceId, actor: organizer });
    await expectTold(test, colleague, 'MEETING_SHARED', 'MEETING_CREATED');
    expect((await mailTo(colleague, 2)).headers.get('subject')).toBe('‘주간 회의’가 공유되었습니다');
  });
});
