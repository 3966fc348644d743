import type { UserViewer } from '@hoerok/shared/auth';
import { type MeetingState, meetingUpdated } from '@hoerok/shared/contracts';
import { signExportToken } from '@hoerok/shared/exports';
import { publishEvent, TEST_SIGNING_KEY, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { colleagueOf, type ImportedMeeting, REVIEW, type Scene, startScene } from './ai-scene.ts';
import { unzipped } from './unzipped.ts';

const EXPORT = `query ($id: ID!, $format: MinutesExportFormat!) {
  minutes(id: $id) { export(format: $format) { url filename mimeType expiresAt } } }`;

interface Link {
  readonly url: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly expiresAt: string;
}

describe('the export of minutes', () => {
  let scene: Scene;
  let imported: ImportedMeeting;
  beforeAll(async () => {
    scene = await startScene();
    imported = await scene.imported();
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const linkFor = async (format: string, viewer: UserViewer, of = imported): Promise<Link | null> => {
    const { data, errors } = await scene.test.execute(viewer, EXPORT, { id: of.minutes.id, format });
    expect(errors).toBeUndefined();
    return (data?.['minutes'] as { export: Link } | null)?.export ?? null;
  };
  const get = async (link: Link | null, method = 'GET'): Promise<Response> => {
    const { pathname, search } = new URL(link?.url ?? '');
    return await fetch(new URL(`${pathname}${search}`, scene.test.service.url), { method });
  };
  const download = async (format: string, of = imported): Promise<Response> =>
    get(await linkFor(format, of.organizer, of));

  const tell = async (
    own: ImportedMeeting,
    revision: number,
    state: Partial<MeetingState>,
  ): Promise<void> => {
    const { workspaceId, id, fixture } = own.held;
    const scheduledStart = new Date(fixture.startedAt).toISOString();
    const payload: MeetingState = {
      __typename: 'Meeting',
      id,
      revision,
      title: fixture.title,
      status: 'ENDED',
      language: 'ko',
      timeZone: 'Asia/Seoul',
      organizerId: own.organizer.userId,
      participantUserIds: [own.organizer.userId],
      scheduledStart,
      startedAt: null,
      endedAt: null,
      verificationPolicy: 'ORGANIZER',
      ...state,
    };
    await publishEvent(scene.test.namespace, meetingUpdated, {
      workspaceId,
      aggregateId: id,
      payload,
    });
  };

  it('is a link for a few minutes to a file that browsers keep and nobody stores on the way', async () => {
    const link = await linkFor('MARKDOWN', imported.organizer);
    const title = imported.held.fixture.title;
    expect(link).toMatchObject({
      filename: `${title} – 회의록 1.md`,
      mimeType: 'text/markdown; charset=utf-8',
    });
    const leftMs = new Date(link?.expiresAt ?? '').getTime() - Date.now();
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(300_000);
    for (const method of ['GET', 'HEAD']) {
      const response = await get(link, method);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/markdown; charset=utf-8',
        'content-disposition': expect.stringMatching(/^attachment; filename="[ -~]+"; filename\*=UTF-8''%EB/),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      });
      expect((await response.text()).startsWith('# ')).toBe(method === 'GET');
    }
    expect((await get(link, 'POST')).status).toBe(405);
  });

  it('is the same Markdown as the field has', async () => {
    const minutes = await scene.minutesOf(imported.held, imported.organizer, 'markdown');
    expect(await (await download('MARKDOWN')).text()).toBe(minutes['markdown']);
  });

  it('is a Word document with headings, Korean text, and the quote, time and speaker of every item', async () => {
    const archive = Buffer.from(await (await download('DOCX')).arrayBuffer());
    const document = unzipped(archive, 'word/document.xml');
    expect(document).toContain('<w:pStyle w:val="Heading1"/>');
    for (const text of ['핵심 발언', '제안된 일정', imported.held.fixture.title])
      expect(document).toContain(text);
    const quotes = [...imported.minutes.points, ...imported.minutes.actionItems].flatMap(
      (item) => item.evidence,
    );
    for (const { quote } of quotes) expect(document).toContain(`“${quote}”`);
    expect(document).toMatch(/\d\d:\d\d [가-힣]+: “/u);
    expect(unzipped(archive, '[Content_Types].xml')).not.toContain('macro');
  });

  it('is JSON with every item, quote and identity', async () => {
    const json = (await (await download('JSON')).json()) as Record<string, unknown>;
    expect(json).toMatchObject({
      format: 'hoerok.minutes.v1',
      id: imported.minutes.id,
      meeting: { id: imported.held.id, timeZone: 'Asia/Seoul' },
      extractive: true,
      promptVersion: null,
      fallbackCode: null,
      dropped: null,
      actionItems: imported.minutes.actionItems.map(({ id, text, evidence }) => ({
        id,
        text,
        evidence: evidence.map(({ quote, segment }) => ({ quote, segmentId: segment.id })),
      })),
      schedule: [{ startsAt: '2026-03-11T01:00:00.000Z', allDay: false }],
    });
  });

  it('has accepted appointments alone as a calendar, with an identity that later minutes keep', async () => {
    expect(await (await download('ICS')).text()).not.toContain('BEGIN:VEVENT');
    const fields = 'schedule { id icalUid }';
    const found = await scene.minutesOf(imported.held, imported.organizer, fields);
    const [item] = found['schedule'] as { id: string; icalUid: string }[];
    await scene.test.execute(imported.organizer, REVIEW, { itemId: item?.id, review: 'ACCEPTED' });
    const lines = (await (await download('ICS')).text()).replaceAll('\r\n ', '').split('\r\n');
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    expect(lines).toEqual(
      expect.arrayContaining([
        `UID:${item?.icalUid}`,
        'DTSTART:20260311T010000Z',
        'DTEND:20260311T020000Z',
        `SUMMARY:${imported.held.fixture.title} 후속 회의`,
        'SEQUENCE:1',
      ]),
    );
  });

  it('stops when who asked may see the meeting no more, is no member any more, or the link is not ours', async () => {
    const own = await scene.imported();
    const friend = colleagueOf(own.organizer);
    scene.neighbors.accounts.set(friend.userId, {});
    await tell(own, 2, { participantUserIds: [own.organizer.userId, friend.userId] });
    const link = await until('the colleague sees the minutes', async () => {
      return (await linkFor('MARKDOWN', friend, own)) ?? undefined;
    });
    expect((await get(link)).status).toBe(200);
    scene.neighbors.accounts.set(friend.userId, { active: false });
    expect((await get(link)).status).toBe(403);
    scene.neighbors.accounts.set(friend.userId, {});
    await tell(own, 3, {});
    await until('the colleague is out', async () => ((await get(link)).status === 404 ? true : undefined));

    const claims = { id: own.minutes.id, format: 'MARKDOWN', ...own.organizer };
    const signed = (key: string, service: string, expiresAtMs: number): Promise<Response> => {
      const token = signExportToken(key, service, { ...claims, expiresAtMs });
      return get({ ...(link as Link), url: `http://x/exports?token=${token}` });
    };
    const later = Date.now() + 60_000;
    expect((await signed(TEST_SIGNING_KEY, 'ai', later)).status).toBe(200);
    expect((await signed(TEST_SIGNING_KEY, 'ai', Date.now() - 1)).status).toBe(403);
    expect((await signed(TEST_SIGNING_KEY, 'transcripts', later)).status).toBe(403);
    expect((await signed('another key of thirty-two characters', 'ai', later)).status).toBe(403);
    expect((await get({ ...(link as Link), url: 'http://x/exports' })).status).toBe(400);
    expect(await linkFor('JSON', testViewer(), own)).toBeNull();
  });

  it('is for a share of READ, too, which decides nothing, and ends with it', async () => {
    const own = await scene.imported();
    const guest = colleagueOf(own.organizer);
    scene.neighbors.accounts.set(guest.userId, { role: 'GUEST' });
    await tell(own, 2, { shares: [{ userId: guest.userId, access: 'READ', expiresAt: null }] });
    const link = await until('the guest sees the minutes', async () => {
      return (await linkFor('DOCX', guest, own)) ?? undefined;
    });
    expect((await get(link)).status).toBe(200);
    const itemId = own.minutes.points[0]?.id;
    const refused = await scene.test.execute(guest, REVIEW, { itemId, review: 'ACCEPTED' });
    expect(refused.data?.['reviewItem']).toMatchObject({ item: null, userErrors: [{ code: 'FORBIDDEN' }] });
    await tell(own, 3, { shares: [] });
    await until('the share is gone', async () => ((await get(link)).status === 404 ? true : undefined));
  });

  it('asks what an administrator is by now: a role that was taken opens nothing', async () => {
    const admin = testViewer({ workspaceId: imported.organizer.workspaceId, role: 'ADMIN' });
    scene.neighbors.accounts.set(admin.userId, { role: 'ADMIN' });
    const link = await linkFor('JSON', admin);
    expect((await get(link)).status).toBe(200);
    scene.neighbors.accounts.set(admin.userId, { role: 'MEMBER' });
    expect((await get(link)).status).toBe(404);
  });
});
