import { readFileSync } from 'node:fs';
import { until } from '@hoerok/shared/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { register, type Session } from '../stack/session.ts';

const captions = readFileSync(new URL('../../samples/release-sync.en.vtt', import.meta.url));
const PAGE = readFileSync(new URL('../../operations/meeting-page.graphql', import.meta.url), 'utf8');

const INVITE = `mutation ($email: String!) { inviteUser(email: $email, role: MEMBER) { token userErrors { code } } }`;
const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code message } } }`;
const STEP = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { meeting { status } userErrors { code } } }`;
const UPLOAD = `mutation ($meetingId: ID!, $bytes: Float!) {
  createUpload(meetingId: $meetingId, filename: "sync.vtt", mimeType: "text/vtt", bytes: $bytes) {
    ticket { uploadId url method headers { name value } } userErrors { code } } }`;
const IMPORT = `mutation ($input: ImportTranscriptInput!) { importTranscript(input: $input) { task { id } userErrors { code } } }`;
const SECTIONS = `query ($id: ID!) { meeting(id: $id) { transcript { id state
  sections(first: 50) { edges { node { id revision state pendingVerifiers { id } } } } } } }`;
const VERIFY = `mutation ($id: ID!, $revision: Int!) {
  verifySection(sectionId: $id, revision: $revision, verdict: APPROVED) { section { state } userErrors { code } } }`;
const ACTIONS = `query ($id: ID!) { meeting(id: $id) { minutes { actionItems { id text review todo { id } } } } }`;
const ACCEPT = `mutation ($id: ID!, $assignee: ID) {
  reviewItem(itemId: $id, review: ACCEPTED, assigneeId: $assignee) { item { review } userErrors { code message } } }`;
const TODOS = `query ($id: ID!) { meeting(id: $id) { progress { total done percent state }
  todos(first: 10) { edges { node { id status assignee { id } source { id } } } } } }`;
const COMPLETE = `mutation ($id: ID!) { completeTodo(id: $id) { todo { status } userErrors { code } } }`;
const INBOX = `{ viewer { notifications(first: 50) { unreadCount edges { node { kind subject { __typename } } } } } }`;

interface Section {
  readonly id: string;
  readonly revision: number;
  readonly state: string;
  readonly pendingVerifiers: readonly { id: string }[];
}

describe('the life of a meeting', () => {
  let organizer: Session;
  let colleague: Session;
  let meetingId: string;

  beforeAll(async () => {
    organizer = await register('Organizer');
    const invitation = await organizer.data(INVITE, { email: `colleague-${Date.now()}@hoerok.example` });
    colleague = await register('Colleague', (invitation['inviteUser'] as { token: string }).token);
  });

  const kindsOf = async (who: Session): Promise<string[]> => {
    const { viewer } = (await who.data(INBOX)) as {
      viewer: { notifications: { edges: { node: { kind: string } }[] } };
    };
    return viewer.notifications.edges.map(({ node }) => node.kind);
  };
  const notified = (who: Session, kind: string): Promise<string[]> =>
    until(`${kind} has arrived`, async () => {
      const kinds = await kindsOf(who);
      return kinds.includes(kind) ? kinds : undefined;
    });
  const sectionsOf = async (): Promise<{ state: string; sections: Section[] }> => {
    const { meeting } = (await organizer.data(SECTIONS, { id: meetingId })) as {
      meeting: { transcript: { state: string; sections: { edges: { node: Section }[] } } | null };
    };
    const { state, sections } = meeting.transcript ?? { state: 'NONE', sections: { edges: [] } };
    return { state, sections: sections.edges.map(({ node }) => node) };
  };

  it('is scheduled from a template, told to its participants, held and ended', async () => {
    const input = {
      title: 'Release sync',
      templateId: 'template-decision',
      scheduledStart: '2026-03-04T01:00:00Z',
      timeZone: 'Asia/Seoul',
      participants: [{ userId: colleague.userId }],
    };
    const created = (await organizer.data(CREATE, { input }))['createMeeting'] as { meeting: { id: string } };
    meetingId = created.meeting.id;
    await notified(colleague, 'MEETING_CREATED');
    expect(await kindsOf(organizer)).not.toContain('MEETING_CREATED');
    await organizer.data(STEP('startMeeting'), { id: meetingId });
    const ended = await organizer.data(STEP('endMeeting'), { id: meetingId });
    expect(ended['endMeeting']).toEqual({ meeting: { status: 'ENDED' }, userErrors: [] });
    await notified(colleague, 'MEETING_ENDED');
  });

  it('gets its transcript from an uploaded caption file', async () => {
    const { ticket } = (await organizer.data(UPLOAD, { meetingId, bytes: captions.length }))[
      'createUpload'
    ] as {
      ticket: { uploadId: string; url: string; method: string; headers: { name: string; value: string }[] };
    };
    const headers = Object.fromEntries(ticket.headers.map(({ name, value }) => [name, value]));
    const sent = await fetch(ticket.url, { method: ticket.method, headers, body: captions });
    expect(sent.ok).toBe(true);
    const input = { meetingId, uploadId: ticket.uploadId };
    const { task } = (await organizer.data(IMPORT, { input }))['importTranscript'] as {
      task: { id: string };
    };
    const events = await colleague.overWebSocket(
      'subscription ($id: ID!) { taskUpdated(id: $id) { status transcript { id } } }',
      { id: task.id },
    );
    expect(events.at(-1)?.data?.['taskUpdated']).toMatchObject({ status: 'COMPLETED' });
    await notified(colleague, 'TRANSCRIPT_READY');
    await notified(colleague, 'VERIFICATION_REQUESTED');
  });

  it('is verified section by section by a quorum', async () => {
    const before = await sectionsOf();
    expect(before.state).not.toBe('VERIFIED');
    for (const { id, revision, pendingVerifiers } of before.sections) {
      expect(pendingVerifiers.map((person) => person.id).sort()).toEqual(
        [organizer.userId, colleague.userId].sort(),
      );
      for (const who of [organizer, colleague]) {
        expect((await who.data(VERIFY, { id, revision }))['verifySection']).toMatchObject({ userErrors: [] });
      }
    }
    const after = await sectionsOf();
    expect(after.state).toBe('VERIFIED');
    expect(after.sections.every(({ state }) => state === 'VERIFIED')).toBe(true);
  });

  it('turns an accepted action item into one todo of the person who is to do it', async () => {
    await notified(colleague, 'MINUTES_READY');
    const { meeting } = (await organizer.data(ACTIONS, { id: meetingId })) as {
      meeting: { minutes: { actionItems: { id: string; todo: object | null }[] } };
    };
    const [item] = meeting.minutes.actionItems;
    expect(item?.todo).toBeNull();
    for (const _twice of [1, 2]) {
      const accepted = await organizer.data(ACCEPT, { id: item?.id, assignee: colleague.userId });
      expect(accepted['reviewItem']).toEqual({ item: { review: 'ACCEPTED' }, userErrors: [] });
    }
    await notified(colleague, 'TODO_ASSIGNED');
    const todos = (await organizer.data(TODOS, { id: meetingId }))['meeting'] as {
      progress: object;
      todos: { edges: { node: { id: string; assignee: object; source: object } }[] };
    };
    expect(todos.progress).toMatchObject({ total: 1, done: 0, percent: 0 });
    expect(todos.todos.edges.map(({ node }) => node)).toMatchObject([
      { status: 'OPEN', assignee: { id: colleague.userId }, source: { id: item?.id } },
    ]);
  });

  it('is at 100 % once the todo is done, and its creator hears of it', async () => {
    const { todos } = (await colleague.data(TODOS, { id: meetingId }))['meeting'] as {
      todos: { edges: { node: { id: string } }[] };
    };
    const completed = await colleague.data(COMPLETE, { id: todos.edges[0]?.node.id });
    expect(completed['completeTodo']).toEqual({ todo: { status: 'DONE' }, userErrors: [] });
    const { meeting } = (await organizer.data(TODOS, { id: meetingId })) as { meeting: { progress: object } };
    expect(meeting.progress).toEqual({ total: 1, done: 1, percent: 100, state: 'COMPLETED' });
    await notified(organizer, 'TODO_COMPLETED');
  });

  it('fits on one page that crosses six subgraphs', async () => {
    const page = await organizer.data(PAGE, { id: meetingId });
    expect(page).toMatchObject({
      meeting: {
        status: 'ENDED',
        organizer: { name: 'Organizer' },
        minutes: { extractive: true },
        progress: { percent: 100 },
        todos: { edges: [{ node: { assignee: { name: 'Colleague' } } }] },
      },
      viewer: { notifications: { unreadCount: expect.any(Number) } },
    });
  });
});
