import { readFileSync } from 'node:fs';
import { testServers, until } from '@hoerok/shared/testing';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { register } from '../stack/session.ts';

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } } }`;
const IMPORT = `mutation ($input: ImportTranscriptInput!) { importTranscript(input: $input) { task { id } } }`;
const TASKS = `{ tasks(first: 50) { totalCount edges { node {
  id kind status priority progress attempt revision createdAt finishedAt meeting { title } } } } }`;
const RETELL = `mutation { retellTasks { requested userErrors { code } } }`;

interface Tasks {
  readonly edges: readonly { readonly node: { readonly status: string } }[];
}

it('gets the list of tasks back from their owners after it was lost', async () => {
  const user = await register('Operator');
  const listed = async (): Promise<Tasks> => (await user.data(TASKS))['tasks'] as Tasks;
  const title = 'Release sync';
  const meeting = { title, scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'Asia/Seoul', language: 'en' };
  const created = (await user.data(CREATE, { input: meeting }))['createMeeting'] as {
    meeting: { id: string };
  };
  const content = readFileSync(new URL('../../samples/release-sync.en.vtt', import.meta.url), 'utf8');
  await user.data(IMPORT, { input: { meetingId: created.meeting.id, content } });
  const before = await until('import and minutes are done', async () => {
    const tasks = await listed();
    const done = tasks.edges.filter(({ node }) => node.status === 'COMPLETED');
    return done.length === 2 ? tasks : undefined;
  });

  const url = new URL(testServers().databaseUrl);
  url.pathname = `/hoerok_${inject('namespace')}_tasks`;
  const database = new pg.Client({ connectionString: url.href });
  await database.connect();
  await database.query('DELETE FROM task_view WHERE requested_by_id = $1', [user.userId]);
  await database.end();
  expect((await listed()).edges).toEqual([]);

  expect((await user.data(RETELL))['retellTasks']).toEqual({ requested: true, userErrors: [] });
  await until('both are listed again', async () => (await listed()).edges.length === 2);
  expect(await listed()).toEqual(before);
});
