import { connectMessaging, qualify, streamNames } from '@hoerok/shared/messaging';
import { testServers, until } from '@hoerok/shared/testing';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { Session, SubscriptionEvent } from '../stack/session.ts';
import {
  foundWorkspace,
  type Meeting,
  schedule,
  transcribe,
  type Workspace,
  writeTodo,
} from './meeting-together.ts';
import { codesOf, openSocket, operation, type Watch } from './watch.ts';

const STEP = (name: string): string =>
  `mutation ($id: ID!) { ${name}(id: $id) { meeting { status } userErrors { code } } }`;
const RENAME = `mutation ($input: UpdateMeetingInput!) { updateMeeting(input: $input) { userErrors { code } } }`;
const REMOVE = `mutation ($meetingId: ID!, $participantId: ID!) {
  removeParticipant(meetingId: $meetingId, participantId: $participantId) { userErrors { code } } }`;
const VERIFY = `mutation ($id: ID!, $revision: Int!) {
  verifySection(sectionId: $id, revision: $revision, verdict: APPROVED, comment: "As I said it") { userErrors { code } } }`;
const ASSIGN = `mutation ($id: ID!, $userId: ID!) { assignTodo(id: $id, userId: $userId) { userErrors { code } } }`;
const DELETE = operation('delete-meeting');
const OF_A_MEETING = ['meeting-events', 'section-updates', 'todo-updates'] as const;

const valuesOf = (watch: Watch): unknown[] =>
  watch.events.map(({ data }) => Object.values(data ?? {})[0]).filter((value) => value != null);

/** What fourteen days do to the events of a meeting. */
async function forget(meetingId: string): Promise<void> {
  const namespace = inject('namespace');
  const messaging = await connectMessaging({ url: testServers().natsUrl, name: 'test', namespace });
  const { streams } = messaging.manager;
  const filter = qualify(namespace, `evt.meetings.*.meeting.${meetingId}.>`);
  await until('the events are gone', async () => {
    const { purged } = await streams.purge(streamNames(namespace, 'meetings').events, { filter });
    return purged > 0;
  });
  await messaging.connection.close();
}

describe('subscriptions of the product', () => {
  let workspace: Workspace;
  let organizer: Session;
  let colleague: Session;
  let stranger: Session;
  let foreigner: Session;

  beforeAll(async () => {
    workspace = await foundWorkspace('Founder');
    organizer = await workspace.join('Organizer');
    colleague = await workspace.join('Colleague');
    stranger = await workspace.join('Stranger');
    foreigner = (await foundWorkspace('Foreigner')).admin;
  });

  /** Acts until the watches have an event: from then on they are known to be open. */
  const opened = async (act: () => Promise<unknown>, ...watches: Watch[]): Promise<void> => {
    await until(
      'the subscriptions are open',
      async () => {
        if (watches.every(({ events }) => events.length > 0)) return true;
        await act();
        return false;
      },
      { intervalMs: 100 },
    );
  };

  it('tell what happens to a meeting, with fields of several subgraphs, from its last change on', async () => {
    const meeting = await schedule(organizer, colleague);
    await using socket = openSocket(colleague);
    const watch = socket.watch(operation('meeting-events'), { meetingId: meeting.id });
    const first = await watch.seen('the last change is there', ({ data }) => data != null);
    expect(first.extensions).toMatchObject({ delivery: 'snapshot' });
    await organizer.data(RENAME, { input: { id: meeting.id, expectedRevision: 1, title: 'Release' } });
    await organizer.data(STEP('startMeeting'), { id: meeting.id });
    await organizer.data(STEP('endMeeting'), { id: meeting.id });
    await until('all has been told', () => watch.events.length >= 4);
    const actor = { id: organizer.userId, name: 'Organizer' };
    expect(watch.events.flatMap(({ errors = [] }) => errors)).toEqual([]);
    expect(valuesOf(watch)).toMatchObject([
      { kind: 'CREATED', revision: 1, actor },
      { kind: 'UPDATED', revision: 2, actor, meeting: { id: meeting.id, title: 'Release' } },
      { kind: 'STARTED', revision: 3, actor },
      { kind: 'ENDED', revision: 4, actor, meeting: { status: 'ENDED' } },
    ]);
  });

  it('complete when the meeting is deleted', async () => {
    const meeting = await schedule(organizer, colleague);
    await using socket = openSocket(colleague);
    const watch = socket.watch(operation('meeting-events'), { meetingId: meeting.id });
    await watch.seen('it is open', ({ data }) => data != null);
    await organizer.data(DELETE, { id: meeting.id });
    await until('it has ended', () => watch.endedAt() !== null, { deadlineMs: 20_000 });
    expect(valuesOf(watch).at(-1)).toMatchObject({ kind: 'DELETED', meeting: null });
  });

  it("show a participant the others' approvals of a section as they are given", async () => {
    const meeting = await schedule(organizer, colleague);
    const [first, second] = await transcribe(organizer, meeting.id);
    await using socket = openSocket(colleague);
    const watch = socket.watch(operation('section-updates'), { meetingId: meeting.id });
    await opened(() => organizer.data(VERIFY, { id: first?.id, revision: first?.revision }), watch);
    await organizer.data(VERIFY, { id: (second ?? first)?.id, revision: 1 });
    const sectionId = (second ?? first)?.id;
    const told = await watch.seen('the approval is told', ({ data }) => {
      const update = data?.['sectionUpdates'] as { section: { id: string } } | undefined;
      return update?.section.id === sectionId;
    });
    expect(told.errors).toBeUndefined();
    expect(told.data).toMatchObject({
      sectionUpdates: {
        change: 'APPROVED',
        state: 'PARTIAL',
        actor: { name: 'Organizer' },
        section: {
          verifications: [{ verdict: 'APPROVED', comment: 'As I said it', verifier: { name: 'Organizer' } }],
          pendingVerifiers: [{ id: colleague.userId, name: 'Colleague' }],
        },
      },
    });
  });

  it('tell an assignee of a todo, as notification and in their own list, and who loses it', async () => {
    const meeting = await schedule(organizer, colleague);
    await using socket = openSocket(colleague);
    const notified = socket.watch(operation('notification-received'));
    const own = socket.watch(operation('my-todo-updated'));
    const assignee = { meetingId: meeting.id, assigneeId: colleague.userId };
    await opened(() => writeTodo(organizer, { title: 'A probe', ...assignee }), notified, own);
    const id = await writeTodo(organizer, { title: 'Write the minutes', meetingId: meeting.id });
    await organizer.data(ASSIGN, { id, userId: colleague.userId });
    const isAbout = (field: string, path: string) => {
      return ({ data }: { data?: Record<string, unknown> | null }): boolean =>
        JSON.stringify((data?.[field] as Record<string, unknown> | undefined)?.[path])?.includes(id) === true;
    };
    const notice = await notified.seen('the notification', isAbout('notificationReceived', 'subject'));
    expect(notice.data).toMatchObject({
      notificationReceived: {
        kind: 'TODO_ASSIGNED',
        title: expect.stringContaining('Write the minutes') as string,
        subject: { __typename: 'Todo', id, title: 'Write the minutes' },
      },
    });
    const update = await own.seen('the todo', isAbout('myTodoUpdated', 'todoId'));
    expect(update.data).toMatchObject({
      myTodoUpdated: {
        kind: 'CHANGED',
        changed: ['assignee'],
        todo: {
          title: 'Write the minutes',
          assignee: { name: 'Colleague' },
          meeting: { title: 'Release sync' },
        },
      },
    });
    await organizer.data(ASSIGN, { id, userId: stranger.userId });
    const loss = await until('the loss', () => own.events.filter(isAbout('myTodoUpdated', 'todoId'))[1]);
    expect(loss).toMatchObject({
      data: { myTodoUpdated: { changed: ['assignee'], todoId: id, revision: 3 } },
    });
  });

  it('show who lost a todo that it went, without what they may not see any more', async () => {
    await using socket = openSocket(colleague);
    const own = socket.watch(operation('my-todo-updated'));
    await opened(() => writeTodo(organizer, { title: 'A probe', assigneeId: colleague.userId }), own);
    const id = await writeTodo(organizer, { title: 'For your eyes only', assigneeId: colleague.userId });
    await organizer.data(ASSIGN, { id, userId: stranger.userId });
    const ofThis = (): SubscriptionEvent[] =>
      own.events.filter((event) => JSON.stringify(event).includes(id));
    await until('both are told', () => ofThis().length === 2);
    // By the time the first is shown the todo may be gone already.
    expect(ofThis()[0]).toMatchObject({ data: { myTodoUpdated: { todoId: id, revision: 1 } } });
    expect(ofThis()[1]).toMatchObject({ data: { myTodoUpdated: { todoId: id, todo: null, revision: 2 } } });
    expect(ofThis().flatMap(({ errors = [] }) => errors)).toEqual([]);
  });

  it('of one meeting tell nothing of another one in the same workspace', async () => {
    const [watched, other] = [await schedule(organizer, colleague), await schedule(organizer, stranger)];
    const sections = await transcribe(organizer, watched.id);
    const otherSections = await transcribe(organizer, other.id);
    await using socket = openSocket(colleague);
    const [ofSections, ofTodos] = (['section-updates', 'todo-updates'] as const).map((name) =>
      socket.watch(operation(name), { meetingId: watched.id }),
    ) as [Watch, Watch];
    const todos: string[] = [];
    const act = async (): Promise<void> => {
      await writeTodo(organizer, { meetingId: other.id });
      await writeTodo(organizer, {});
      await organizer.data(VERIFY, otherSections[0]);
      await organizer.data(VERIFY, sections[0]);
      todos.push(await writeTodo(organizer, { meetingId: watched.id }));
    };
    await opened(act, ofSections, ofTodos);
    await act();
    const last = todos.at(-1);
    await ofTodos.seen('the last todo', ({ data }) => JSON.stringify(data).includes(last ?? ''));
    for (const value of valuesOf(ofTodos)) expect(todos).toContain((value as { todoId: string }).todoId);
    for (const value of valuesOf(ofSections))
      expect(value).toMatchObject({ section: { id: sections[0]?.id } });
  });

  it.each(OF_A_MEETING)('of %s are not there for who does not take part in the meeting', async (name) => {
    const meeting = await schedule(organizer, colleague);
    const asked = [stranger, foreigner].flatMap((who) => [
      { who, meetingId: meeting.id },
      { who, meetingId: 'no-such-meeting' },
    ]);
    const answers = asked.map(async ({ who, meetingId }) => {
      await using socket = openSocket(who);
      const watch = socket.watch(operation(name), { meetingId });
      await until('it has ended', () => watch.endedAt() !== null);
      return [watch.events.flatMap(codesOf), valuesOf(watch)];
    });
    expect(await Promise.all(answers)).toEqual(asked.map(() => [['NOT_FOUND'], []]));
  });

  it('of a meeting that streams have forgotten are there for its participants alone', async () => {
    const meeting = await schedule(organizer, colleague);
    await forget(meeting.id);
    await using socket = openSocket(colleague);
    const watches = OF_A_MEETING.map((name) => socket.watch(operation(name), { meetingId: meeting.id }));
    const [ofMeeting, , ofTodos] = watches as [Watch, Watch, Watch];
    await opened(() => writeTodo(organizer, { meetingId: meeting.id }), ofTodos);
    await using other = openSocket(stranger);
    const refused = other.watch(operation('todo-updates'), { meetingId: meeting.id });
    await until('the stranger is refused', () => refused.endedAt() !== null);
    expect(refused.events.flatMap(codesOf)).toEqual(['NOT_FOUND']);
    // Longer than it takes to find out that nobody knows an object.
    expect(watches.map(({ endedAt }) => endedAt())).toEqual([null, null, null]);
    await organizer.data(STEP('startMeeting'), { id: meeting.id });
    const told = await ofMeeting.seen('the start', ({ data }) => data != null);
    expect(told).toMatchObject({
      data: { meetingEvents: { kind: 'STARTED' } },
      extensions: { delivery: 'live' },
    });
  });

  it('of a meeting end for a participant within two seconds of their removal, and for nobody else', async () => {
    const meeting: Meeting = await schedule(organizer, colleague, stranger);
    const [section] = await transcribe(organizer, meeting.id);
    await using leaving = openSocket(colleague);
    await using staying = openSocket(stranger);
    const watchAll = (socket: typeof leaving): Watch[] =>
      OF_A_MEETING.map((name) => socket.watch(operation(name), { meetingId: meeting.id }));
    const [lost, kept] = [watchAll(leaving), watchAll(staying)];
    const act = async (): Promise<void> => {
      await writeTodo(organizer, { meetingId: meeting.id });
      await organizer.data(VERIFY, section);
    };
    await opened(act, ...lost, ...kept);
    const removedAt = Date.now();
    const participantId = meeting.participantOf(colleague);
    await organizer.data(REMOVE, { meetingId: meeting.id, participantId });
    await until('the streams have ended', () => lost.every(({ endedAt }) => endedAt() !== null));
    for (const watch of lost) {
      expect((watch.endedAt() ?? Number.NaN) - removedAt).toBeLessThan(2_000);
      expect(watch.events.flatMap(codesOf)).toEqual(['FORBIDDEN']);
    }
    const before = valuesOf(kept[2] as Watch).length;
    await act();
    await until('the others hear of what follows', () => valuesOf(kept[2] as Watch).length > before);
    expect(kept.map(({ endedAt }) => endedAt())).toEqual([null, null, null]);
  });
});
