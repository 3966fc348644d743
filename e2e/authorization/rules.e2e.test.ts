import { randomBytes } from 'node:crypto';
import { SIGNATURE_HEADERS, type ServiceViewer } from '@hoerok/shared/auth';
import { beforeAll, describe, expect, it } from 'vitest';
import { register, type Session } from '../stack/session.ts';
import { foundWorkspace, schedule, transcribe, writeTodo } from '../subscriptions/meeting-together.ts';
import {
  askGateway,
  askGatewayWith,
  askSubgraph,
  type Question,
  type Reply,
  signed,
  viewerOf,
  watchAnonymously,
} from './ask.ts';
import { api, authorization, sensible, SUBGRAPHS } from './questions.ts';
import { argumentsOf, operationOn, type RootField, rootFieldsOf } from './schema-walk.ts';

const PUBLIC = ['register', 'signIn', 'refreshSession', 'openShare'];

let admin: Session;
let organizer: Session;
let colleague: Session;
let manager: Session;
let guest: Session;
let outsider: Session;
beforeAll(async () => {
  const workspace = await foundWorkspace('Founder');
  admin = workspace.admin;
  organizer = await workspace.join('Organizer');
  colleague = await workspace.join('Colleague');
  manager = await workspace.join('Manager', 'MANAGER');
  guest = await workspace.join('Guest', 'GUEST');
  outsider = await register('Outsider');
});

const CLOSED = rootFieldsOf(api).filter(({ field }) => !PUBLIC.includes(field.name));
const underPolicy = (policy: string): RootField[] =>
  CLOSED.filter(({ coordinate }) =>
    authorization.rules.fields.get(coordinate)?.some(({ text }) => text.includes(`"${policy}`)),
  );
const ADMIN_ONLY = underPolicy('role:');
const SERVICE_ONLY = underPolicy('kind:service');

const questionOn = (root: RootField): Question => {
  const variables = argumentsOf(root.field, () => 'nobody');
  return operationOn(root, sensible(root.field.name, variables), 2);
};
const codesOf = ({ errors = [] }: Reply): unknown[] => errors.map(({ extensions }) => extensions?.['code']);
const namesOf = (fields: readonly RootField[]): (readonly [string, RootField])[] =>
  fields.map((root) => [root.field.name, root]);

/** The same question for the subgraph that owns the field. */
function insideOf({ coordinate }: RootField): { subgraph: string; question: Question } {
  for (const { name: subgraph, schema } of SUBGRAPHS) {
    const root = rootFieldsOf(schema()).find((field) => field.coordinate === coordinate);
    if (root !== undefined) return { subgraph, question: questionOn(root) };
  }
  throw new Error(`nobody owns ${coordinate}`);
}

/** The code of the first error of any kind. */
function refusalIn(reply: Reply): unknown {
  const [answer] = Object.values(reply.data ?? {}) as ({ userErrors?: { code: string }[] } | null)[];
  return codesOf(reply)[0] ?? answer?.userErrors?.[0]?.code ?? answer;
}

describe('C4: the rules of our own supergraph', () => {
  it.each(namesOf(CLOSED.filter(({ operation }) => operation !== 'subscription')))(
    '%s is closed to who has not signed in, at the gateway and in its subgraph',
    async (name, root) => {
      const refused = await askGateway(null, questionOn(root));
      expect(refused.errors).toEqual([
        {
          message: 'Unauthorized field or type',
          path: expect.arrayContaining([name]) as unknown,
          extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
        },
      ]);
      const { subgraph, question } = insideOf(root);
      // What is asked by id is not there for nobody, and nobody has neither a name nor a workspace.
      expect(['UNAUTHENTICATED', null]).toContain(refusalIn(await askSubgraph(subgraph, null, question)));
    },
  );

  it.each(namesOf(CLOSED.filter(({ operation }) => operation === 'subscription')))(
    '%s is closed to who has not signed in',
    async (name, root) => {
      expect(await watchAnonymously(questionOn(root))).toMatchObject([
        { errors: [{ path: [name], extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }] },
      ]);
    },
  );

  it.each(namesOf(ADMIN_ONLY))(
    '%s is closed to a MEMBER, at the gateway and in its subgraph',
    async (_name, root) => {
      expect(codesOf(await askGateway(colleague, questionOn(root)))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
      const { subgraph, question } = insideOf(root);
      expect(refusalIn(await askSubgraph(subgraph, colleague, question))).toBe('FORBIDDEN');
      expect(codesOf(await askGateway(admin, questionOn(root)))).toEqual([]);
    },
  );
});

describe('a GUEST', () => {
  it.each([
    ['makes no API key', 'mutation { createApiKey(name: "key", scopes: [READ]) { userErrors { code } } }'],
    [
      'writes no todo outside of meetings',
      'mutation { createTodo(input: { title: "Mine" }) { userErrors { code } } }',
    ],
    [
      'schedules no meeting',
      'mutation { createMeeting(input: { title: "Ours", scheduledStart: "2030-01-01T00:00:00Z", timeZone: "UTC" }) { userErrors { code } } }',
    ],
  ])('%s', async (_what, query) => {
    const question = { query, variables: {} };
    expect(refusalIn(await askGateway(guest, question))).toBe('FORBIDDEN');
    expect(refusalIn(await askGateway(colleague, question))).toMatchObject({ userErrors: [] });
  });
});

describe('C4: fields for services alone', () => {
  const service = (): ServiceViewer => {
    const workspaceId = viewerOf(admin)?.workspaceId ?? '';
    return { kind: 'service', service: 'users', workspaceId, onBehalfOf: null };
  };

  it('are those of the links by which meetings are shared', () => {
    const names = SERVICE_ONLY.map(({ coordinate }) => coordinate);
    expect(names.sort()).toEqual(['Mutation.acceptShareLink', 'Query.shareInvitation', 'Query.shareLink']);
  });

  it.each(namesOf(SERVICE_ONLY))(
    '%s is closed to every person, at the gateway and in its subgraph, whatever the role',
    async (_name, root) => {
      const { subgraph, question } = insideOf(root);
      for (const person of [admin, manager, colleague, guest, outsider]) {
        expect(codesOf(await askGateway(person, question))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
        expect(codesOf(await askSubgraph(subgraph, person, question))).toEqual(['FORBIDDEN']);
      }
      const answer = await askGatewayWith(signed(question, service()), null, question);
      expect(codesOf(answer)).toEqual([]);
    },
  );

  it.each(namesOf(SERVICE_ONLY))('%s is opened by no headers that a person makes up', async (_name, root) => {
    const question = questionOn(root);
    const other = { ...question, query: '{ __typename }' };
    const { viewer, signature, ...stamp } = SIGNATURE_HEADERS;
    const claimed = signed(question, service(), randomBytes(32).toString('hex'));
    const pick = (names: readonly string[]): Record<string, string> =>
      Object.fromEntries(names.map((name) => [name, claimed[name] ?? '']));
    for (const person of [guest, outsider, null]) {
      for (const unsigned of [pick([viewer]), pick([viewer, ...Object.values(stamp)])]) {
        const refused = await askGatewayWith(unsigned, person, question);
        expect(codesOf(refused)).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
      }
      const forgeries = [
        claimed,
        pick([signature]),
        { ...claimed, [signature]: '' },
        // A true signature, of something else.
        signed(other, service()),
        { ...signed(question, viewerOf(person)), [viewer]: claimed[viewer] ?? '' },
      ];
      for (const forged of forgeries)
        expect(codesOf(await askGatewayWith(forged, person, question))).toEqual(['UNAUTHENTICATED']);
    }
  });
});

describe('C7: nested paths', () => {
  const NESTED = `query ($todo: ID!, $user: ID!) {
    todo(id: $todo) { id title meeting { id title transcript { id } minutes { overview } } source { id text } }
    user(id: $user) { id
      meetings(first: 50) { totalCount edges { node { id title } } }
      todos(first: 50) { totalCount edges { node { id title } } }
      notifications(first: 50) { totalCount unreadCount edges { node { id title body } } }
      pendingVerifications(first: 50) { totalCount edges { node { id } } } }
    viewer { notifications(first: 50) { edges { node { kind subject { __typename ... on Todo { id meeting { title } } ... on Meeting { id title } } } } } }
  }`;

  it('from a todo or from a person lead to nothing that is hidden', async () => {
    const meeting = await schedule(organizer, admin);
    await transcribe(organizer, meeting.id);
    const theirs = await writeTodo(organizer, {
      title: 'Between us',
      meetingId: meeting.id,
      assigneeId: organizer.userId,
    });
    const given = await writeTodo(organizer, {
      title: 'For you',
      meetingId: meeting.id,
      assigneeId: colleague.userId,
    });
    const variables = { todo: given, user: organizer.userId };
    const { data } = await askGateway(colleague, { query: NESTED, variables });
    expect(data?.['todo']).toMatchObject({ id: given, title: 'For you', meeting: null });
    const text = JSON.stringify(data);
    for (const hidden of [theirs, 'Between us', 'Release sync']) expect(text).not.toContain(hidden);
    const own = await askGateway(organizer, { query: NESTED, variables });
    for (const seen of [theirs, 'Between us', 'Release sync']) expect(JSON.stringify(own)).toContain(seen);
  });
});
