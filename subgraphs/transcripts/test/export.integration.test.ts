import { existsSync, readFileSync } from 'node:fs';
import { type MeetingState, meetingUpdated } from '@hoerok/shared/contracts';
import { publishEvent, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captions, type Person, startTranscripts, type TestTranscripts } from './transcripts-service.ts';

const EXPORT = `query ($id: ID!, $format: TranscriptExportFormat!) {
  transcript(id: $id) { export(format: $format) { url filename mimeType expiresAt } } }`;
const WHOLE = `query ($id: ID!) { transcript(id: $id) { language durationMs wordCount speakers { label words }
  segments(first: 500) { edges { node { startMs endMs text confidence speaker { label } } } } } }`;

interface Link {
  readonly url: string;
  readonly filename: string;
  readonly mimeType: string;
}

const organizer = testViewer();
const colleague = testViewer({ workspaceId: organizer.workspaceId });
const admin = testViewer({ workspaceId: organizer.workspaceId, role: 'ADMIN' });
const people = new Map<string, { -readonly [K in keyof Person]: Person[K] }>(
  [organizer, colleague, admin].map(({ userId: id, role }) => [
    id,
    { id, name: id === organizer.userId ? 'Sunwoo & Co.' : id, aliases: [], role, active: true },
  ]),
);

/** Captions of a real meeting, beside the repository; see the corpora's README. */
const REAL = new URL('../../../../shared/data/captions/ES2008a.teams.vtt', import.meta.url);

const SPOKEN = {
  language: 'ko',
  segments: [
    {
      start: 0,
      end: 1.501,
      speaker: '김민준',
      text: '네, R&D 회의를 <시작>하겠습니다 --> 좋죠?',
      confidence: 0.91,
    },
    { start: 1.501, end: 4.02, speaker: 'Dana Lee', text: 'WEBVTT is fine. [00:01] Note: "quoted" *bold*' },
    { start: 3.999, end: 6, speaker: null, text: 'Somebody laughs: ha' },
    { start: 6, end: 6, speaker: 'Speaker 2', text: '10:30에 봐요.' },
  ],
};

describe('the export of a transcript', () => {
  let service: TestTranscripts;
  let meeting: MeetingState;
  let transcriptId: string;

  beforeAll(async () => {
    service = await startTranscripts({}, [...people.values()]);
    const participantUserIds = [organizer.userId, colleague.userId];
    meeting = await service.hold(organizer, { title: '출시 점검: 3월', language: 'ko', participantUserIds });
    transcriptId = await imported(meeting, JSON.stringify(SPOKEN));
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const imported = async ({ id }: MeetingState, content: string): Promise<string> => {
    const task = await service.importCaptions(organizer, id, content);
    expect(task.error).toBeNull();
    return task.transcript?.id ?? '';
  };
  const linkFor = async (format: string, viewer = organizer, id = transcriptId): Promise<Link | null> => {
    const found = await service.run<{ export: Link } | null>(viewer, EXPORT, { id, format });
    return found?.export ?? null;
  };
  const get = async (link: Link | null): Promise<Response> => {
    const { pathname, search } = new URL(link?.url ?? '');
    return await fetch(new URL(`${pathname}${search}`, service.test.service.url));
  };
  const text = async (format: string, id = transcriptId): Promise<string> => {
    const response = await get(await linkFor(format, organizer, id));
    expect(response.status).toBe(200);
    return await response.text();
  };
  const whole = (id: string): Promise<unknown> => service.run(organizer, WHOLE, { id });

  it('has the name of the meeting, its media type, and headers for a file that is nobody else’s', async () => {
    const link = await linkFor('VTT');
    expect(link).toMatchObject({
      filename: '출시 점검 3월 – 녹취록.vtt',
      mimeType: 'text/vtt; charset=utf-8',
    });
    const response = await get(link);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/vtt; charset=utf-8',
      'content-disposition': expect.stringContaining(`filename*=UTF-8''%EC%B6%9C`),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(await response.text()).toMatch(
      /^WEBVTT\nLanguage: ko\n\n1\n00:00:00\.000 --> 00:00:01\.501\n<v 김민준>/,
    );
  });

  it('is imported again from JSON without loss', async () => {
    const again = await imported(await service.hold(organizer), await text('JSON'));
    expect(again).not.toBe(transcriptId);
    expect(await whole(again)).toEqual(await whole(transcriptId));
  });

  it.each(['VTT', 'SRT'])('is imported again from %s with every time, text and speaker', async (format) => {
    const other = await service.hold(organizer, { language: 'ko' });
    const again = await whole(await imported(other, await text(format)));
    const known = JSON.parse(JSON.stringify(await whole(transcriptId)), (key, value: unknown) =>
      key === 'confidence' ? null : value,
    ) as unknown;
    expect(again).toEqual(known);
  });

  it.runIf(existsSync(REAL))('of a real meeting of half an hour is imported again as it was', async () => {
    const captionsOfAmi = readFileSync(REAL, 'utf8');
    const first = await imported(await service.hold(organizer), captionsOfAmi);
    for (const format of ['JSON', 'VTT', 'SRT']) {
      const again = await imported(await service.hold(organizer), await text(format, first));
      expect(await whole(again), format).toEqual(await whole(first));
    }
  });

  it('has the names of those whom speakers were assigned to, in every format', async () => {
    const own = await imported(await service.hold(organizer), captions(3));
    const { speakers } = await service.run<{ speakers: { id: string; label: string }[] }>(
      organizer,
      'query ($id: ID!) { transcript(id: $id) { speakers { id label } } }',
      { id: own },
    );
    const speaker = speakers.find(({ label }) => label === 'Speaker 3');
    await service.run(
      organizer,
      'mutation ($id: ID!, $userId: ID!) { assignSpeaker(speakerId: $id, userId: $userId) { userErrors { code } } }',
      { id: speaker?.id, userId: organizer.userId },
    );
    for (const format of ['VTT', 'SRT', 'TXT', 'MARKDOWN', 'JSON']) {
      const file = await text(format, own);
      expect(file, format).toContain(
        'Sunwoo & Co.'.replace(
          '&',
          format === 'VTT' ? '&amp;' : format === 'MARKDOWN' ? String.raw`\&` : '&',
        ),
      );
      if (format !== 'JSON') expect(file, format).not.toContain('Speaker 3');
    }
    expect(JSON.parse(await text('JSON', own))).toMatchObject({
      segments: [
        { speaker: 'Dana Lee' },
        { speaker: '김민준' },
        { speaker: 'Sunwoo & Co.', speakerLabel: 'Speaker 3' },
      ],
    });
  });

  it('holds thousands of segments in their order', async () => {
    const long = await imported(await service.hold(organizer), captions(3_000));
    const { segments } = JSON.parse(await text('JSON', long)) as { segments: { text: string }[] };
    expect(segments.map((segment) => segment.text)).toEqual(
      Array.from({ length: 3_000 }, (_, index) => `Sentence number ${index} of the meeting.`),
    );
    expect((await text('TXT', long)).split('\n')[1]).toBe(
      '[00:00:05] 김민준: Sentence number 1 of the meeting.',
    );
    expect((await text('MARKDOWN', long)).match(/^## /gm)?.length).toBeGreaterThan(10);
  });

  it('is for who may see the meeting: by then, not only when they asked', async () => {
    expect(await linkFor('JSON', testViewer({ workspaceId: organizer.workspaceId }))).toBeNull();
    expect(await linkFor('JSON', testViewer())).toBeNull();
    const link = await linkFor('JSON', colleague);
    expect((await get(link)).status).toBe(200);
    const moved = { ...meeting, revision: 2, participantUserIds: [organizer.userId] };
    await publishEvent(service.test.namespace, meetingUpdated, {
      workspaceId: organizer.workspaceId,
      aggregateId: meeting.id,
      payload: moved,
    });
    await until('the colleague is out', async () => ((await get(link)).status === 404 ? true : undefined));
    expect((await get(await linkFor('JSON'))).status).toBe(200);
  });

  it('asks what an administrator is by now, and whether there is an account at all', async () => {
    const person = people.get(admin.userId) as { role?: string; active?: boolean };
    const link = await linkFor('JSON', admin);
    const statuses: number[] = [];
    for (const change of [{}, { role: 'MEMBER' }, { role: 'ADMIN', active: false }]) {
      Object.assign(person, change);
      statuses.push((await get(link)).status);
    }
    expect(statuses).toEqual([200, 404, 403]);
  });

  it('is refused without a link of ours', async () => {
    const { url } = (await linkFor('JSON')) as Link;
    const forged = new URL(url);
    forged.searchParams.set('token', `${forged.searchParams.get('token')?.slice(0, -2)}xx`);
    expect((await get({ url: forged.href } as Link)).status).toBe(403);
    expect((await get({ url: 'http://x/exports' } as Link)).status).toBe(400);
  });
});
