import { startTestService, type TestService, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { meetingsService } from '../src/service.ts';

const organizer = testViewer();
const CREATE = `mutation ($input: CreateMeetingInput!) {
  createMeeting(input: $input) { meeting { id } userErrors { code path } } }`;
const UPDATE = `mutation ($input: UpdateMeetingInput!) {
  updateMeeting(input: $input) { meeting { scheduledStart scheduledEnd } userErrors { code path } } }`;
const SAVE =
  'mutation ($name: String!) { saveTemplate(name: $name) { template { name } userErrors { code path } } }';

interface Payload {
  readonly meeting: { readonly id: string } | null;
  readonly userErrors: readonly object[];
}

let test: TestService;
beforeAll(async () => {
  const gateway = {
    ready: async () => undefined,
    query: () => Promise.reject(new Error('Nobody is invited.')),
  };
  test = await startTestService(environment, meetingsService, { adapters: { gateway } });
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

const run = async (document: string, variables: object = {}): Promise<Payload> => {
  const answer = await test.execute(organizer, document, variables);
  expect(answer.errors).toBeUndefined();
  return Object.values(answer.data ?? {})[0] as Payload;
};
const create = (extra: object = {}): Promise<Payload> => {
  const times = {
    scheduledStart: '2026-03-04T01:00:00Z',
    scheduledEnd: '2026-03-04T02:00:00Z',
    timeZone: 'UTC',
  };
  return run(CREATE, { input: { title: 'Release sync', ...times, ...extra } });
};

it('a meeting that is moved by one of its times never ends before it begins', async () => {
  const id = (await create()).meeting?.id;
  const move = (times: object, expectedRevision = 1): Promise<Payload> =>
    run(UPDATE, { input: { id, expectedRevision, ...times } });
  const refused = [{ code: 'BAD_INPUT', path: ['scheduledEnd'] }];
  expect((await move({ scheduledEnd: '2026-03-04T01:00:00Z' })).userErrors).toEqual(refused);
  expect((await move({ scheduledStart: '2026-03-05T01:00:00Z' })).userErrors).toEqual(refused);
  const both = { scheduledStart: '2026-03-05T01:00:00.000Z', scheduledEnd: '2026-03-05T02:00:00.000Z' };
  expect((await move(both)).meeting).toEqual(both);
  expect((await move({ scheduledEnd: null }, 2)).userErrors).toEqual([]);
  expect((await move({ scheduledStart: '2026-03-09T01:00:00Z' }, 3)).userErrors).toEqual([]);
});

it('a meeting that is created twice at the same moment is created once', async () => {
  const clientMutationId = 'at once';
  const answers = await Promise.all([1, 2, 3, 4].map(() => create({ clientMutationId })));
  expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect(new Set(answers.map(({ meeting }) => meeting?.id)).size).toBe(1);
});

it('a list of meetings of no status is empty', async () => {
  await create();
  const { data } = await test.execute(organizer, '{ meetings(filter: { status: [] }) { totalCount } }');
  expect(data?.['meetings']).toEqual({ totalCount: 0 });
});

it('a workspace keeps a hundred templates, and saves those that it has', async () => {
  for (let count = 0; count < 100; count += 1)
    expect((await run(SAVE, { name: `Template ${count}` })).userErrors).toEqual([]);
  expect((await run(SAVE, { name: 'One more' })).userErrors).toEqual([{ code: 'BAD_INPUT', path: ['name'] }]);
  expect((await run(SAVE, { name: 'Template 99' })).userErrors).toEqual([]);
});
