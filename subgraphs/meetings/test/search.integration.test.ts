import { startTestService, type TestService, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { meetingsService } from '../src/service.ts';

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id revision } userErrors { code } } }`;
const UPDATE = `mutation ($input: UpdateMeetingInput!) { updateMeeting(input: $input) { meeting { id } userErrors { code } } }`;
const LIST = `query ($text: String!) { meetings(filter: { text: $text }) { totalCount edges { node { title } } } }`;

describe('the search in meetings', () => {
  const viewer = testViewer();
  let test: TestService;
  beforeAll(async () => {
    test = await startTestService(environment, meetingsService);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const write = async (document: string, input: object): Promise<string> => {
    const { data, errors } = await test.execute(viewer, document, { input });
    expect(errors).toBeUndefined();
    const [payload] = Object.values(data ?? {}) as { meeting: { id: string }; userErrors: object[] }[];
    expect(payload?.userErrors).toEqual([]);
    return payload?.meeting.id ?? '';
  };
  const create = (input: object): Promise<string> =>
    write(CREATE, { scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'Asia/Seoul', ...input });
  const titles = async (text: string, who = viewer): Promise<string[]> => {
    const { data, errors } = await test.execute(who, LIST, { text });
    expect(errors).toBeUndefined();
    const { edges } = (data ?? {})['meetings'] as { edges: { node: { title: string } }[] };
    return edges.map(({ node }) => node.title);
  };

  it('finds words of title, description and agenda together, in Korean and English', async () => {
    const agenda = ['예산안 검토', 'Hiring plans'];
    await create({ title: 'Quarterly review', description: 'numbers of 2026', agenda });
    await create({ title: '주간회의', agenda: ['공유'] });
    for (const text of ['예산안', 'reviewing 예산', '"hiring plan" 2026', 'review -주간'])
      expect(await titles(text)).toEqual(['Quarterly review']);
    expect(await titles('회의')).toEqual(['주간회의']);
    expect(await titles('hiring', testViewer())).toEqual([]);
  });

  it('finds parts of the title as before, whatever characters they hold', async () => {
    await create({ title: 'Release (100%) sync' });
    expect(await titles('elea')).toEqual(['Release (100%) sync']);
    expect(await titles('(100%)')).toEqual(['Release (100%) sync']);
    expect(await titles('%')).toEqual(['Release (100%) sync']);
  });

  it('finds an agenda as it is now', async () => {
    const id = await create({ title: 'Planning', agenda: ['Roadmap of autumn'] });
    await write(UPDATE, { id, expectedRevision: 1, agenda: ['Staffing'] });
    expect(await titles('roadmap')).toEqual([]);
    expect(await titles('staffing planning')).toEqual(['Planning']);
  });

  it('keeps no word of a meeting that is deleted', async () => {
    const id = await create({ title: 'Secret', agenda: ['Merger'] });
    const database = await createDataSource(test.databaseUrl).initialize();
    await database.query('DELETE FROM meeting WHERE id = $1', [id]);
    expect(await database.query('SELECT 1 FROM agenda_item WHERE meeting_id = $1', [id])).toEqual([]);
    await database.destroy();
    expect(await titles('merger')).toEqual([]);
  });
});
