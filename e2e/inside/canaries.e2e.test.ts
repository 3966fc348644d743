import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectMessaging } from '@hoerok/shared/messaging';
import { testServers, until } from '@hoerok/shared/testing';
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { CHECKOUT_STATE_DIR } from '../../scripts/infra/infrastructure.ts';
import { register, type Session } from '../stack/session.ts';

/** Marks everything that a person gives; nothing of it may show where operators look. */
const CANARY = 'kanarienvogel';
/** A line break, and what a forger would put on the line it begins. */
const FORGED = `\r\n{"level":60,"msg":"forged ${CANARY}"}\n`;

const PROFILE = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { userErrors { code } } }`;
const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code } } }`;
const UPDATE = `mutation ($input: UpdateMeetingInput!) { updateMeeting(input: $input) { userErrors { code } } }`;
const INVITE = `mutation ($id: ID!, $who: [ParticipantInput!]!) { addParticipants(meetingId: $id, participants: $who) { userErrors { code } } }`;
const IMPORT = `mutation ($input: ImportTranscriptInput!) { importTranscript(input: $input) { task { id } userErrors { code } } }`;
const TODO = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;
const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { userErrors { code } } }`;
const TASKS = `query ($id: ID!) { meeting(id: $id) { minutes { overview } tasks(first: 10) { edges { node { status } } } } }`;
const CAPTIONS = `WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ann>We decided that ${CANARY} ships on Friday.\n\n00:05.000 --> 00:09.000\n<v Bob>Bob will send the ${CANARY} report by Monday.\n`;

let user: Session;

beforeAll(async () => {
  user = await register(CANARY);
  await user.execute(PROFILE, { input: { name: `${CANARY}${FORGED}` } });
  const input = {
    title: `${CANARY}${FORGED}`,
    scheduledStart: '2026-03-04T01:00:00Z',
    timeZone: 'UTC',
    description: FORGED,
  };
  const { meeting } = (await user.data(CREATE, { input }))['createMeeting'] as {
    meeting: { id: string } | null;
  };
  const named = { ...input, title: CANARY, description: CANARY };
  const id =
    meeting?.id ??
    ((await user.data(CREATE, { input: named }))['createMeeting'] as { meeting: { id: string } }).meeting.id;
  await user.execute(UPDATE, { input: { id, expectedRevision: 1, title: `${CANARY} 2` } });
  await user.execute(INVITE, {
    id,
    who: [{ email: `${CANARY}@hoerok.example`, displayName: CANARY, role: 'ATTENDEE' }],
  });
  await user.data(TODO, { input: { title: CANARY, description: FORGED } });
  await user.execute(IMPORT, { input: { meetingId: id, content: `WEBVTT\n\nbroken ${CANARY}` } });
  await user.data(IMPORT, { input: { meetingId: id, content: CAPTIONS } });
  await user.execute(SIGN_IN, { email: `${CANARY}@hoerok.example`, password: `${CANARY}-password` });
  await user.execute(`query ${CANARY} { meeting(id: "${CANARY}${'x'.repeat(50)}") { nothing } }`);
  await user.execute(`{ meeting(id: "${CANARY}\\r\\n") { title } }`);
  const signedWith = { authorization: `Bearer ${user.accessToken}x.${CANARY}` };
  await fetch(`${inject('gatewayUrl')}/graphql?${CANARY}`, {
    method: 'POST',
    headers: signedWith,
    body: CANARY,
  });
  await until('the minutes are written', async () => {
    const answer = (await user.data(TASKS, { id }))['meeting'] as {
      tasks: { edges: { node: { status: string } }[] };
    };
    const { edges } = answer.tasks;
    return edges.length > 1 && edges.every(({ node }) => ['COMPLETED', 'FAILED'].includes(node.status));
  });
}, 60_000);

function logLines(): string[] {
  const folder = join(CHECKOUT_STATE_DIR, 'run', inject('namespace'), 'log');
  return readdirSync(folder).flatMap((name) =>
    readFileSync(join(folder, name), 'utf8').split('\n').filter(Boolean),
  );
}

describe('C26: what people say and what opens doors', () => {
  it('is in no log', () => {
    const lines = logLines();
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.filter((line) => line.toLowerCase().includes(CANARY))).toEqual([]);
    const [, , signature = ''] = user.accessToken.split('.');
    expect(lines.filter((line) => line.includes(signature) || line.includes(user.email))).toEqual([]);
  });

  it('makes no line of its own in a log, however many line breaks it holds', () => {
    for (const line of logLines()) expect(JSON.parse(line)).toMatchObject({ service: expect.any(String) });
  });

  it('is in no metric', async () => {
    for (const [name, url] of Object.entries(inject('subgraphUrls'))) {
      const text = await (await fetch(new URL('/metrics', url))).text();
      expect(text, name).toContain('# TYPE');
      expect(text.toLowerCase(), name).not.toContain(CANARY);
      expect(text, name).not.toContain(user.email);
    }
  });

  it('is in no subject of NATS, nor in the name or the headers of a dead letter', async () => {
    const namespace = inject('namespace');
    const messaging = await connectMessaging({ url: testServers().natsUrl, name: 'canaries', namespace });
    try {
      const subjects: string[] = [];
      for await (const { config } of messaging.manager.streams.list())
        if (config.name.startsWith(namespace)) {
          const { state } = await messaging.manager.streams.info(config.name, { subjects_filter: '>' });
          subjects.push(...Object.keys(state.subjects ?? {}));
        }
      expect(subjects.length).toBeGreaterThan(5);
      expect(
        subjects.filter((subject) => subject.toLowerCase().includes(CANARY) || subject.includes('@')),
      ).toEqual([]);
      const { state } = await messaging.manager.streams.info(`${namespace}DLQ`);
      for (let seq = state.first_seq; seq <= state.last_seq && state.messages > 0; seq += 1) {
        const letter = await messaging.manager.streams.getMessage(`${namespace}DLQ`, { seq });
        const headers = [...(letter?.header ?? [])].flat(2).join('\n');
        expect(headers.toLowerCase()).not.toContain(CANARY);
      }
    } finally {
      await messaging.connection.close();
    }
  });

  it('is in no key of Redis', async () => {
    const redis = new Redis(testServers().redisUrl);
    try {
      const keys: string[] = [];
      for await (const found of redis.scanStream({ match: `${inject('namespace')}*`, count: 1_000 }))
        keys.push(...(found as string[]));
      expect(keys.filter((key) => key.toLowerCase().includes(CANARY) || key.includes('@'))).toEqual([]);
    } finally {
      redis.disconnect();
    }
  });
});

describe('C10: a warm cache', () => {
  const ME = `query { viewer { id email } meetings(first: 5) { totalCount edges { node { id title organizer { id name } } } } }`;
  const ONE = `query ($id: ID!) { meeting(id: $id) { title organizer { name } } }`;

  it('answers each person with what is theirs, and hides what is not', async () => {
    const others = await register('Other');
    const first = (await user.data(ME))['meetings'] as { edges: { node: { id: string } }[] };
    const id = first.edges[0]?.node.id;
    for (let round = 0; round < 3; round += 1) {
      const mine = await user.data(ME);
      expect(mine).toMatchObject({ viewer: { id: user.userId, email: user.email } });
      expect(await others.data(ME)).toMatchObject({
        viewer: { id: others.userId, email: others.email },
        meetings: { totalCount: 0, edges: [] },
      });
      expect((await user.data(ONE, { id }))['meeting']).not.toBeNull();
      expect((await others.data(ONE, { id }))['meeting']).toBeNull();
    }
    // Side by side: loaders and shared calls belong to one request and one person.
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? user : others).data(ONE, { id })),
    );
    answers.forEach((answer, index) => expect(answer['meeting'] === null).toBe(index % 2 === 1));
  });
});
