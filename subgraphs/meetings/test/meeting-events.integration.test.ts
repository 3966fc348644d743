import type { GatewayClient } from '@hoerok/shared/graphql';
import {
  answerSubscription,
  readEvents,
  startTestService,
  type TestService,
  testViewer,
} from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { meetingsService } from '../src/service.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const colleague = testViewer({ workspaceId });
const manager = testViewer({ workspaceId, role: 'MANAGER' });

/** Stands in for the users domain behind the gateway: knows everybody. */
const gateway: GatewayClient = {
  ready: async () => undefined,
  query: async ({ variables, data }) =>
    data.parse({ users: { edges: (variables['ids'] as string[]).map((id) => ({ node: { id } })) } }),
};

const CREATE = `mutation ($input: CreateMeetingInput!) {
  createMeeting(input: $input) { meeting { id participants(first: 9) { edges { node { id user { id } } } } } } }`;
const STEP = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { meeting { revision } userErrors { code } } }`;
const UPDATE = `mutation ($id: ID!) { updateMeeting(input: { id: $id, expectedRevision: 1, title: "Release" }) {
  userErrors { code } } }`;
const REMOVE = `mutation ($id: ID!, $participant: ID!) { removeParticipant(meetingId: $id, participantId: $participant) {
  userErrors { code } } }`;
const WATCH = `subscription { meetingEvents(meetingId: "m") { __typename kind revision meeting { id } actor { id } } }`;

interface Created {
  readonly id: string;
  readonly participants: {
    readonly edges: readonly {
      readonly node: { readonly id: string; readonly user: { readonly id: string } };
    }[];
  };
}

describe('the events of a meeting', () => {
  let test: TestService;
  beforeAll(async () => {
    test = await startTestService(environment, meetingsService, { adapters: { gateway } });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const run = async (document: string, variables: object, viewer = organizer): Promise<unknown> => {
    const answer = await test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    return Object.values(answer.data ?? {})[0];
  };
  const create = async (): Promise<Created> => {
    const input = {
      title: 'Release sync',
      scheduledStart: '2026-03-04T01:00:00Z',
      timeZone: 'Asia/Seoul',
      participants: [{ userId: colleague.userId }],
    };
    return ((await run(CREATE, { input })) as { meeting: Created }).meeting;
  };
  const told = (id: string, count: number): Promise<object[]> => {
    const address = { service: 'meetings', workspaceId, aggregate: 'meeting', aggregateId: id };
    return readEvents(test.namespace, address, count);
  };
  const answers = async (payloads: readonly object[]): Promise<object[]> => {
    const field = 'meetingEvents';
    const answer = (payload: object): Promise<unknown> =>
      answerSubscription(meetingsService.schema, WATCH, { field, payload });
    return (await Promise.all(payloads.map(answer))) as object[];
  };

  it('answer the subscription: what happened, to which revision, by whom', async () => {
    const { id } = await create();
    await run(UPDATE, { id }, manager);
    await run(STEP('startMeeting'), { id });
    await run(STEP('endMeeting'), { id });
    const meeting = { id };
    const event = (kind: string, revision: number, actor = organizer): object => ({
      __typename: 'MeetingEvent',
      kind,
      revision,
      meeting,
      actor: { id: actor.userId },
    });
    expect(await answers(await told(id, 4))).toEqual([
      event('CREATED', 1),
      event('UPDATED', 2, manager),
      event('STARTED', 3),
      event('ENDED', 4),
    ]);
  });

  it('tell of a cancellation', async () => {
    const { id } = await create();
    await run(STEP('cancelMeeting'), { id });
    expect(await answers(await told(id, 2))).toMatchObject([{ kind: 'CREATED' }, { kind: 'CANCELED' }]);
  });

  it('say who may watch: a participant no longer from the moment of their removal', async () => {
    const { id, participants } = await create();
    const removed = participants.edges.find(({ node }) => node.user.id === colleague.userId)?.node.id;
    await run(REMOVE, { id, participant: removed });
    expect(await told(id, 2)).toMatchObject([
      { participantUserIds: [organizer.userId, colleague.userId] },
      { participantUserIds: [organizer.userId] },
    ]);
  });
});
