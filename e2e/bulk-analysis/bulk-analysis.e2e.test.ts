import { readFileSync } from 'node:fs';
import { until } from '@hoerok/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { register, type Session } from '../stack/session.ts';

const file = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const operation = (name: string): string => file(`operations/${name}.graphql`);

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code } } }`;
const TRANSCRIPT = `query ($id: ID!) { meeting(id: $id) { transcript { id } } }`;
const FOLLOW = `subscription ($id: ID!) { taskUpdated(id: $id) {
  kind status progress stage requestedBy { name } analyses { status meeting { title } minutes { extractive } } } }`;
const COMMAND = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { task { id } userErrors { code } } }`;
const STEPS = `{ tasks(first: 50, filter: { kind: [MINUTES] }) { edges { node { priority status } } } }`;

interface Accepted {
  readonly task: { readonly id: string } | null;
  readonly userErrors: readonly object[];
}

describe('the analysis of many meetings', () => {
  let user: Session;
  const meetingIds: string[] = [];
  beforeAll(async () => {
    user = await register('Analyst');
    for (const title of ['First', 'Second', 'Empty']) {
      const input = { title, scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'Asia/Seoul', language: 'en' };
      const { createMeeting } = await user.data(CREATE, { input });
      meetingIds.push((createMeeting as { meeting: { id: string } }).meeting.id);
    }
    for (const meetingId of meetingIds.slice(0, 2)) {
      await user.data(operation('import-transcript'), {
        input: { meetingId, content: file('samples/release-sync.en.vtt') },
      });
      await until('the transcript is there', async () => {
        const { meeting } = await user.data(TRANSCRIPT, { id: meetingId });
        return (meeting as { transcript: object | null }).transcript !== null;
      });
    }
  });
  const analyze = async (ids: readonly string[]): Promise<Accepted> => {
    const { analyzeMeetings } = await user.data(operation('analyze-meetings'), {
      input: { meetingIds: ids, clientMutationId: 'bulk' },
    });
    return analyzeMeetings as Accepted;
  };

  it('names the meeting that has no transcript', async () => {
    expect(await analyze(meetingIds)).toMatchObject({
      task: null,
      userErrors: [{ code: 'WRONG_STATE', path: ['meetingIds', '2'] }],
    });
  });

  it('is one task whose progress and minutes come over a subscription', async () => {
    const { task } = await analyze(meetingIds.slice(0, 2));
    const id = task?.id ?? '';
    const events = await user.overWebSocket(FOLLOW, { id });
    expect(events.flatMap(({ errors = [] }) => errors)).toEqual([]);
    expect(events.at(-1)?.data?.['taskUpdated']).toEqual({
      kind: 'BULK_MINUTES',
      status: 'COMPLETED',
      progress: 1,
      stage: null,
      requestedBy: { name: 'Analyst' },
      analyses: ['First', 'Second'].map((title) => {
        return { status: 'COMPLETED', meeting: { title }, minutes: { extractive: true } };
      }),
    });
    const { task: found } = await user.data(operation('bulk-analysis'), { id });
    expect(found).toMatchObject({ analyses: [{ task: { error: null } }, { task: { error: null } }] });
    const { tasks } = await user.data(STEPS);
    const { edges } = tasks as { edges: { node: { priority: string } }[] };
    expect(edges.filter(({ node }) => node.priority === 'LOW')).toHaveLength(2);
    expect((await analyze(meetingIds.slice(0, 2))).task?.id).toBe(id);
    for (const command of ['cancelTask', 'retryTask'])
      expect((await user.data(COMMAND(command), { id }))[command]).toMatchObject({
        userErrors: [{ code: 'WRONG_STATE' }],
      });
  });
});
