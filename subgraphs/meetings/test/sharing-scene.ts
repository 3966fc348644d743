import type { UserViewer, Viewer } from '@hoerok/shared/auth';
import type { GatewayClient } from '@hoerok/shared/graphql';
import {
  readEvents,
  recordQueries,
  startTestService,
  type TestService,
  testViewer,
} from '@hoerok/shared/testing';
import { expect } from 'vitest';
import { environment } from '../src/config.ts';
import { meetingsService } from '../src/service.ts';

export const organizer = testViewer();
const { workspaceId } = organizer;
export const colleague = testViewer({ workspaceId });
export const reader = testViewer({ workspaceId });
export const stranger = testViewer({ workspaceId });
export const guest = testViewer({ workspaceId, role: 'GUEST' });
export const manager = testViewer({ workspaceId, role: 'MANAGER' });
export const service: Viewer = { kind: 'service', service: 'users', workspaceId, onBehalfOf: null };

/** An address that has an account, and whose it is. */
export const KNOWN_EMAIL = 'reader@hoerok.example';

/** Stands in for the users domain behind the gateway: knows the people of the workspace, and one address. */
const gateway: GatewayClient = {
  ready: async () => undefined,
  query: async ({ variables, data }) => {
    const known = [organizer, colleague, reader, stranger, guest, manager].map(({ userId }) => userId);
    const nodes =
      'email' in variables
        ? [
            { id: stranger.userId, email: `not-${KNOWN_EMAIL}`, role: 'MEMBER' },
            { id: reader.userId, email: KNOWN_EMAIL, role: 'MEMBER' },
          ]
        : known.filter((id) => (variables['ids'] as string[]).includes(id)).map((id) => ({ id }));
    return data.parse({ users: { edges: nodes.map((node) => ({ node })) } });
  },
};

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) {
  meeting { id participants(first: 9) { edges { node { id user { id } } } } } userErrors { code } } }`;

/** What the mutations about shares answer. */
export interface SharePayload {
  readonly share: { readonly id: string; readonly [field: string]: unknown } | null;
  readonly url: string | null;
  readonly token: string | null;
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] | null }[];
}

const SHARE = `share { id access expiresAt live email message user { id } sharedBy { id } openedAt } url token
  userErrors { code message path }`;
const DOCUMENTS = {
  shareMeeting: `mutation ($input: ShareMeetingInput!) { shareMeeting(input: $input) { ${SHARE} } }`,
  changeShare: `mutation ($input: ChangeShareInput!) { changeShare(input: $input) { ${SHARE} } }`,
  revokeShare: `mutation ($shareId: ID!) { revokeShare(shareId: $shareId) { ${SHARE} } }`,
} as const;

/** The meetings service, and what the tests of sharing do with it. */
export interface Scene extends AsyncDisposable {
  readonly test: TestService;
  /** SQL about shares and who takes part, sent while `work` ran. */
  readonly queriesDuring: (work: () => Promise<unknown>) => Promise<readonly string[]>;
  /** Data of an operation without errors. */
  readonly data: (viewer: Viewer, document: string, variables?: object) => Promise<Record<string, unknown>>;
  /** A meeting of the organizer and the colleague; its id, and the id of each participation by user. */
  readonly hold: () => Promise<{ readonly id: string; readonly participants: ReadonlyMap<string, string> }>;
  readonly shares: (
    field: keyof typeof DOCUMENTS,
    variables: object,
    viewer?: UserViewer,
  ) => Promise<SharePayload>;
  readonly sees: (viewer: Viewer, id: string) => Promise<boolean>;
  /** Payloads of the first `count` events of a meeting, or of a share. */
  readonly told: (aggregate: 'meeting' | 'share', id: string, count: number) => Promise<object[]>;
}

/** Starts it. */
export async function startScene(): Promise<Scene> {
  const { definition, during } = recordQueries(meetingsService);
  const test = await startTestService(environment, definition, { adapters: { gateway } });
  const data: Scene['data'] = async (viewer, document, variables = {}) => {
    const answer = await test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    return answer.data ?? {};
  };
  return {
    test,
    queriesDuring: (work) => during(/"(meeting_share|share_change|participant)"|FROM share_change/, work),
    data,
    hold: async () => {
      const input = {
        title: 'Release sync',
        scheduledStart: '2026-03-04T01:00:00Z',
        timeZone: 'Asia/Seoul',
        participants: [{ userId: colleague.userId }],
      };
      const { meeting } = (await data(organizer, CREATE, { input }))['createMeeting'] as {
        meeting: {
          id: string;
          participants: { edges: { node: { id: string; user: { id: string } } }[] };
        };
      };
      const { edges } = meeting.participants;
      return { id: meeting.id, participants: new Map(edges.map(({ node }) => [node.user.id, node.id])) };
    },
    shares: async (field, variables, viewer = organizer) =>
      (await data(viewer, DOCUMENTS[field], variables))[field] as SharePayload,
    sees: async (viewer, id) =>
      (await data(viewer, 'query ($id: ID!) { meeting(id: $id) { id } }', { id }))['meeting'] !== null,
    told: (aggregate, aggregateId, count) =>
      readEvents(test.namespace, { service: 'meetings', workspaceId, aggregate, aggregateId }, count),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}
