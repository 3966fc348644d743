import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { register, type Session } from '../stack/session.ts';
import { writeTodo } from '../subscriptions/meeting-together.ts';
import { openSocket, type Socket, type Watch } from '../subscriptions/watch.ts';
import { findStored } from './stored-text.ts';

const operation = (name: string): string =>
  readFileSync(new URL(`../../operations/${name}.graphql`, import.meta.url), 'utf8');

const INVITE = `mutation ($email: String!) { inviteUser(email: $email, role: MEMBER) { token userErrors { code } } }`;
const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code message } } }`;
const STEP = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { meeting { status } userErrors { code } } }`;
const IMPORT = `mutation ($input: ImportTranscriptInput!) { importTranscript(input: $input) { task { id } userErrors { code } } }`;
const MADE = `query ($id: ID!) { meeting(id: $id) {
  transcript { id sections(first: 1) { edges { node { id } } } }
  minutes { id actionItems { id text } }
  todos(first: 10) { edges { node { id source { id } } } } } }`;
const ACCEPT = `mutation ($id: ID!, $assignee: ID) {
  reviewItem(itemId: $id, review: ACCEPTED, assigneeId: $assignee) { userErrors { code message } } }`;
const WRITE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id } userErrors { code } } }`;
const FOLLOW = `subscription ($id: ID!) { taskUpdated(id: $id) { kind status progress stage meeting { title } } }`;
const LOOK = `query ($meeting: ID!, $transcript: ID!, $minutes: ID!, $todo: ID!, $own: ID!) {
  meeting(id: $meeting) { title }
  meetings(first: 50) { edges { node { id } } }
  transcript(id: $transcript) { id }
  minutes(id: $minutes) { overview }
  todo(id: $todo) { title }
  own: todo(id: $own) { title meeting { title } }
  tasks(first: 50) { edges { node { kind status meeting { id title } transcript { id } minutes { id } } } }
  viewer { notifications(first: 50) { totalCount edges { node { kind title } } } pendingVerifications(first: 10) { totalCount } } }`;
const INBOX = `{ viewer { notifications(first: 50) { edges { node { kind } } } } }`;

/** What remains of deleted meetings: that there was work, and events that were told; see docs/operations.md. */
const TOLD = ['outbox', 'outbox_published', 'dead_letter', 'dead_letter_view'];
const WORK = [
  'task',
  'task_view',
  'saga',
  'saga_step',
  'inbox',
  'operator_audit',
  // Who deleted what, by id.
  'audit_record',
  'meeting_erasure',
];

interface Made {
  readonly transcript: {
    id: string;
    sections: { edges: { node: { id: string } }[] };
  } | null;
  readonly minutes: { id: string; actionItems: { id: string; text: string }[] } | null;
  readonly todos: { edges: { node: { id: string; source: { id: string } | null } }[] };
}

describe('the deletion of a meeting', () => {
  /** Stands in the title of the meeting and in what was said, and nowhere else in the system. */
  const word = `kestrel${randomBytes(5).toString('hex')}`;
  let organizer: Session;
  let colleague: Session;
  let ids: { meeting: string; transcript: string; minutes: string; todo: string; own: string };
  let sectionId: string;
  let socket: Socket;
  let todos: Watch;

  const elsewhere = async (wanted: string, allowed: readonly string[]): Promise<string[]> =>
    (await findStored(inject('namespace'), wanted)).filter(
      (place) => !allowed.includes(place.split('.')[1] ?? ''),
    );

  beforeAll(async () => {
    organizer = await register('Organizer');
    const invitation = await organizer.data(INVITE, { email: `colleague-${Date.now()}@hoerok.example` });
    colleague = await register('Colleague', (invitation['inviteUser'] as { token: string }).token);
    const input = {
      title: `Sync about ${word}`,
      scheduledStart: '2026-03-04T01:00:00Z',
      timeZone: 'Asia/Seoul',
      agenda: [`The ${word} release`],
      participants: [{ userId: colleague.userId }],
    };
    const { meeting } = (await organizer.data(CREATE, { input }))['createMeeting'] as {
      meeting: { id: string };
    };
    await organizer.data(STEP('startMeeting'), { id: meeting.id });
    await organizer.data(STEP('endMeeting'), { id: meeting.id });
    const captions = readFileSync(new URL('../../samples/release-sync.en.vtt', import.meta.url), 'utf8');
    const content = captions.replaceAll('report', `${word} report`);
    await organizer.data(IMPORT, { input: { meetingId: meeting.id, content } });
    const made = async (): Promise<Made> =>
      (await organizer.data(MADE, { id: meeting.id }))['meeting'] as Made;
    const { transcript, minutes } = await until(
      'there are minutes',
      async () => {
        const found = await made();
        return found.minutes === null ? undefined : found;
      },
      { deadlineMs: 30_000 },
    );
    sectionId = transcript?.sections.edges[0]?.node.id ?? '';
    const item = minutes?.actionItems.find(({ text }) => text.includes(word));
    await organizer.data(ACCEPT, { id: item?.id, assignee: colleague.userId });
    const own = (await colleague.data(WRITE, { input: { title: 'Book the room', meetingId: meeting.id } }))[
      'createTodo'
    ] as { todo: { id: string } };
    const todo = await until('the action item is a todo', async () =>
      (await made()).todos.edges.map(({ node }) => node).find(({ source }) => source?.id === item?.id),
    );
    await until('the colleague is told of the todo', async () => {
      const { viewer } = (await colleague.data(INBOX)) as {
        viewer: { notifications: { edges: { node: { kind: string } }[] } };
      };
      return viewer.notifications.edges.some(({ node }) => node.kind === 'TODO_ASSIGNED');
    });
    ids = {
      meeting: meeting.id,
      transcript: transcript?.id ?? '',
      minutes: minutes?.id ?? '',
      todo: todo.id,
      own: own.todo.id,
    };
    socket = openSocket(colleague);
    todos = socket.watch(operation('my-todo-updated'));
    await until('the subscription is open', async () => {
      await writeTodo(colleague, {});
      return todos.events.length > 0;
    });
  });
  afterAll(async () => await socket[Symbol.asyncDispose]());

  it('begins with its traces in five services', async () => {
    const places = await elsewhere(word, TOLD);
    const services = new Set(places.flatMap((place) => place.split('.')[0] ?? []));
    expect([...services].toSorted()).toEqual(['ai', 'meetings', 'notifications', 'todos', 'transcripts']);
  });

  it('is refused to who only takes part', async () => {
    const { deleteMeeting } = await colleague.data(operation('delete-meeting'), { id: ids.meeting });
    expect(deleteMeeting).toMatchObject({ task: null, userErrors: [{ code: 'FORBIDDEN' }] });
  });

  it('is one task that can be followed to its end', async () => {
    const begun = (await organizer.data(operation('delete-meeting'), { id: ids.meeting }))[
      'deleteMeeting'
    ] as {
      task: { id: string; kind: string };
    };
    expect(begun.task.kind).toBe('MEETING_DELETION');
    const events = await organizer.overWebSocket(FOLLOW, { id: begun.task.id });
    expect(events.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    expect(events.at(-1)?.data?.['taskUpdated']).toMatchObject({
      kind: 'MEETING_DELETION',
      status: 'COMPLETED',
      progress: 1,
      meeting: null,
    });
    const again = await organizer.data(operation('delete-meeting'), { id: ids.meeting });
    expect(again['deleteMeeting']).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  });

  it('is told to who had todos of it: one is gone, the other has no meeting any more', async () => {
    const isAbout = (id: string) => (event: object) => JSON.stringify(event).includes(id);
    const [gone, freed] = [
      await todos.seen('the end of the todo', isAbout(ids.todo)),
      await todos.seen('the change of the todo', isAbout(ids.own)),
    ];
    expect([gone.errors, freed.errors]).toEqual([undefined, undefined]);
    expect(gone.data).toMatchObject({ myTodoUpdated: { kind: 'DELETED', todo: null } });
    expect(freed.data).toMatchObject({
      myTodoUpdated: {
        kind: 'CHANGED',
        changed: ['meeting'],
        todo: { title: 'Book the room', meeting: null },
      },
    });
  });

  it('stays in the list of tasks as something that was done', async () => {
    const listed = await until('the task is listed as completed', async () => {
      const { tasks } = (await organizer.data(LOOK, ids)) as {
        tasks: { edges: { node: { kind: string; status: string } }[] };
      };
      const deletions = tasks.edges.filter(({ node }) => node.kind === 'MEETING_DELETION');
      return deletions.some(({ node }) => node.status === 'COMPLETED') ? deletions : undefined;
    });
    expect(listed).toHaveLength(1);
  });

  it('leaves nothing that anybody can read, without an error, but the todo that was written by hand', async () => {
    for (const who of [organizer, colleague]) {
      const look = (await who.data(LOOK, ids)) as Record<string, unknown> & {
        meetings: { edges: unknown[] };
        tasks: { edges: { node: object }[] };
        viewer: object;
      };
      expect(look).toMatchObject({ meeting: null, transcript: null, minutes: null, todo: null });
      expect(look.meetings.edges).toEqual([]);
      expect(look.viewer).toEqual({
        notifications: { totalCount: 0, edges: [] },
        pendingVerifications: { totalCount: 0 },
      });
      for (const { node } of look.tasks.edges)
        expect(node).toMatchObject({ meeting: null, transcript: null, minutes: null });
    }
    expect((await colleague.data(LOOK, ids))['own']).toEqual({ title: 'Book the room', meeting: null });
  });

  it('leaves no word of it in any table of any service, only events that were told', async () => {
    expect(await elsewhere(word, TOLD)).toEqual([]);
    for (const id of [ids.meeting, ids.transcript, ids.minutes, ids.todo, sectionId])
      expect(await elsewhere(id, [...TOLD, ...WORK])).toEqual([]);
  });
});
