import type { UserViewer } from '@hoerok/shared/auth';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { recordQueries, startTestService, type TestService, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { meetingsService } from '../src/service.ts';

const organizer = testViewer();
const colleague = testViewer({ workspaceId: organizer.workspaceId });

/** Stands in for the users domain behind the gateway: knows everybody. */
const gateway: GatewayClient = {
  ready: async () => undefined,
  query: async ({ variables, data }) => {
    const ids = (variables['ids'] ?? []) as string[];
    return data.parse({ users: { edges: ids.map((id) => ({ node: { id } })) } });
  },
};

const MEETING = `query ($id: ID!) { meeting(id: $id) {
  title status revision closed participants(first: 50) { edges { node { id user { id } } } } } }`;

interface Seen {
  readonly title: string;
  readonly status: string;
  readonly revision: number;
  readonly participants: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly user: { readonly id: string } };
    }[];
  };
}

describe('what the meetings service keeps in the cache', () => {
  let here: TestService;
  let there: TestService;
  const recorded = recordQueries(meetingsService);

  beforeAll(async () => {
    here = await startTestService(environment, meetingsService, { adapters: { gateway } });
    // Another process of the same service.
    const same = { NAMESPACE: here.namespace, DATABASE_URL: here.databaseUrl };
    there = await startTestService(environment, recorded.definition, {
      adapters: { gateway },
      environment: same,
    });
  });
  afterAll(async () => {
    await there[Symbol.asyncDispose]();
    await here[Symbol.asyncDispose]();
  });

  const write = async (
    field: string,
    document: string,
    variables: object,
    viewer = organizer,
  ): Promise<Record<string, unknown>> => {
    const answer = await here.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    const payload = answer.data?.[field] as Record<string, unknown>;
    expect(payload['userErrors']).toEqual([]);
    return payload;
  };
  const create = async (): Promise<string> => {
    const input = {
      title: 'Release sync',
      scheduledStart: '2026-03-04T10:00:00+09:00',
      timeZone: 'Asia/Seoul',
    };
    const document = `mutation ($input: CreateMeetingInput!) {
      createMeeting(input: $input) { meeting { id } userErrors { code } } }`;
    const { meeting } = await write('createMeeting', document, { input });
    return (meeting as { id: string }).id;
  };
  const seen = async (id: string, viewer: UserViewer = organizer): Promise<Seen | null> => {
    const answer = await there.execute(viewer, MEETING, { id });
    expect(answer.errors).toBeUndefined();
    return answer.data?.['meeting'] as Seen | null;
  };
  const readsOf = (id: string): Promise<readonly string[]> =>
    recorded.during(/FROM "(meeting|participant|meeting_share)"/, () => seen(id));

  it('asks the database once for a meeting and its people', async () => {
    const id = await create();
    await seen(id);
    await seen(id);
    expect(await readsOf(id)).toEqual([]);
  });

  it('shows every change to the next reader, in another process, at once', async () => {
    const id = await create();
    const change = (name: string, args: string): string =>
      `mutation { ${name}(${args}) { meeting { id } userErrors { code message } } }`;
    const userIds = (found: Seen | null): string[] =>
      (found?.participants.edges ?? []).map(({ node }) => node.user.id);
    for (let round = 1; round <= 5; round += 1) {
      const before = await seen(id);
      const title = `Release sync ${round}`;
      const input = `{ id: "${id}", expectedRevision: ${before?.revision}, title: "${title}" }`;
      await write('updateMeeting', change('updateMeeting', `input: ${input}`), {});
      expect((await seen(id))?.title).toBe(title);
    }
    expect(await seen(id, colleague)).toBeNull();
    const invited = `meetingId: "${id}", participants: [{ userId: "${colleague.userId}" }]`;
    await write('addParticipants', change('addParticipants', invited), {});
    const joined = await seen(id, colleague);
    expect(userIds(joined)).toEqual([organizer.userId, colleague.userId]);
    const leaving = joined?.participants.edges.find(({ node }) => node.user.id === colleague.userId)?.node.id;
    const removed = `meetingId: "${id}", participantId: "${leaving}"`;
    await write('removeParticipant', change('removeParticipant', removed), {});
    expect(await seen(id, colleague)).toBeNull();
    expect(userIds(await seen(id))).toEqual([organizer.userId]);
    await write('startMeeting', change('startMeeting', `id: "${id}"`), {});
    expect(await seen(id)).toMatchObject({ status: 'LIVE', closed: false });
    await write('endMeeting', change('endMeeting', `id: "${id}"`), {});
    expect(await seen(id)).toMatchObject({ status: 'ENDED', closed: true });
  });

  it('lets somebody in by a share, and out again when it is revoked, at once', async () => {
    const id = await create();
    expect(await seen(id, colleague)).toBeNull();
    const share = `mutation ($input: ShareMeetingInput!) {
      shareMeeting(input: $input) { share { id } userErrors { code message } } }`;
    const input = { meetingId: id, userId: colleague.userId, access: 'READ' };
    const shared = (await write('shareMeeting', share, { input }))['share'] as { id: string };
    expect(await seen(id, colleague)).toMatchObject({ title: 'Release sync' });
    const revoke = `mutation { revokeShare(shareId: "${shared.id}") { userErrors { code message } } }`;
    await write('revokeShare', revoke, {});
    expect(await seen(id, colleague)).toBeNull();
  });

  it('shows a saved template at once, and asks the database for templates once', async () => {
    const templates = async (): Promise<string[]> => {
      const answer = await there.execute(organizer, '{ meetingTemplates { name builtIn } }');
      const all = answer.data?.['meetingTemplates'] as { name: string; builtIn: boolean }[];
      return all.filter(({ builtIn }) => !builtIn).map(({ name }) => name);
    };
    expect(await templates()).toEqual([]);
    for (const name of ['Release', 'Retrospective']) {
      const document = `mutation { saveTemplate(name: "${name}", agenda: ["Open points"]) { userErrors { code } } }`;
      await write('saveTemplate', document, {});
      expect(await templates()).toContain(name);
    }
    await templates();
    expect(await recorded.during(/FROM "meeting_template"/, templates)).toEqual([]);
  });
});
