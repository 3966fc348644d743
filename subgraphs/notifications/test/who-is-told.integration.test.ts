import { randomUUID } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import {
  type EventContract,
  meetingCancelled,
  meetingCreated,
  meetingEnded,
  type MeetingState,
  meetingUpdated,
  minutesCreated,
  sectionChanged,
  taskChanged,
  todoCompleted,
  todoCreated,
  todoDue,
  todoStatusChanged,
  transcriptCreated,
  transcriptVerified,
} from '@hoerok/shared/contracts';
import { startTestService, type TestService, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { meetingSubscription } from '../src/events/on-meeting.ts';
import { notificationsService } from '../src/service.ts';
import { expectTold, kindsOf, publish as tell, readInbox, type ToldEvent } from './inbox-reader.ts';
import { meetingOf, minutesOf, sectionOf, taskOf, todoOf, transcriptOf } from './told-events.ts';

describe('who is told what', () => {
  let test: TestService;
  let organizer: UserViewer;
  let colleague: UserViewer;
  let third: UserViewer;

  beforeAll(async () => {
    test = await startTestService(environment, notificationsService);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    organizer = testViewer();
    colleague = testViewer({ workspaceId: organizer.workspaceId });
    third = testViewer({ workspaceId: organizer.workspaceId });
  });

  const publish = <C extends EventContract>(
    contract: C,
    payload: ToldEvent<C>['payload'],
    options: { readonly actor?: UserViewer; readonly id?: string } = {},
  ): Promise<void> => tell(test, { contract, payload, workspaceId: organizer.workspaceId, ...options });
  const told = (user: UserViewer, ...kinds: string[]): Promise<void> => expectTold(test, user, ...kinds);
  const schedule = async (overrides: object = {}): Promise<MeetingState> => {
    const meeting = meetingOf([organizer, colleague], overrides);
    await publish(meetingCreated, meeting, { actor: organizer });
    await told(colleague, 'MEETING_CREATED');
    return meeting;
  };

  it('tells participants of their invitation, and the organizer nothing', async () => {
    const meeting = await schedule();
    const { edges, unreadCount, totalCount } = await readInbox(test, colleague);
    expect({ unreadCount, totalCount }).toEqual({ unreadCount: 1, totalCount: 1 });
    expect(edges[0]?.node).toMatchObject({
      title: 'You are invited to “Release sync”',
      recipient: { id: colleague.userId },
      subject: { __typename: 'Meeting', id: meeting.id },
      readAt: null,
    });
    expect(await kindsOf(test, organizer)).toEqual([]);
  });

  it('tells only those who joined later, and nobody who added themselves', async () => {
    const meeting = await schedule();
    const manager = testViewer({ workspaceId: organizer.workspaceId, role: 'MANAGER' });
    const grown = meetingOf([organizer, colleague, third, manager], { id: meeting.id, revision: 2 });
    await publish(meetingUpdated, grown, { actor: manager });
    await told(third, 'MEETING_CREATED');
    await publish(meetingUpdated, { ...grown, revision: 3, title: 'Renamed' }, { actor: organizer });
    await publish(meetingEnded, { ...grown, revision: 4, status: 'ENDED' }, { actor: organizer });
    await told(manager, 'MEETING_ENDED');
    await told(third, 'MEETING_ENDED', 'MEETING_CREATED');
    await told(colleague, 'MEETING_ENDED', 'MEETING_CREATED');
    expect(await kindsOf(test, organizer)).toEqual([]);
  });

  it('tells every participant of their transcript and asks those to verify who must', async () => {
    const meeting = await schedule({ verificationPolicy: 'ORGANIZER' });
    const transcript = transcriptOf(meeting.id);
    await publish(transcriptCreated, transcript, { actor: organizer });
    await told(organizer, 'VERIFICATION_REQUESTED', 'TRANSCRIPT_READY');
    await told(colleague, 'TRANSCRIPT_READY', 'MEETING_CREATED');
    await publish(sectionChanged, sectionOf(transcript, 'APPROVED'), { actor: colleague });
    await publish(sectionChanged, sectionOf(transcript, 'DISPUTED'), { actor: colleague });
    await told(organizer, 'SECTION_DISPUTED', 'VERIFICATION_REQUESTED', 'TRANSCRIPT_READY');
    await publish(transcriptVerified, transcript);
    await told(
      organizer,
      'TRANSCRIPT_VERIFIED',
      'SECTION_DISPUTED',
      'VERIFICATION_REQUESTED',
      'TRANSCRIPT_READY',
    );
    await told(colleague, 'TRANSCRIPT_VERIFIED', 'TRANSCRIPT_READY', 'MEETING_CREATED');
    for (const { node } of (await readInbox(test, organizer)).edges) {
      expect(node.subject).toEqual({ __typename: 'Transcript', id: transcript.id });
    }
  });

  it('asks nobody to verify when the policy is NONE', async () => {
    const meeting = await schedule({ verificationPolicy: 'NONE' });
    await publish(transcriptCreated, transcriptOf(meeting.id));
    await told(organizer, 'TRANSCRIPT_READY');
    await told(colleague, 'TRANSCRIPT_READY', 'MEETING_CREATED');
    expect((await readInbox(test, organizer)).edges[0]?.node.body).toBe('1,820 words in 12 minutes.');
  });

  it('tells participants of their minutes and whom an action item names', async () => {
    const meeting = await schedule();
    await publish(minutesCreated, minutesOf(meeting.id, colleague.userId));
    await told(organizer, 'MINUTES_READY');
    await told(colleague, 'MINUTES_READY', 'MEETING_CREATED');
    const body = async (user: UserViewer): Promise<string | undefined> =>
      (await readInbox(test, user)).edges[0]?.node.body;
    expect(await body(organizer)).toBe('2 action items suggested.');
    expect(await body(colleague)).toBe('2 action items suggested. At least one names you.');
  });

  it('tells of a meeting that it hears of only later', async () => {
    const meeting = meetingOf([organizer, colleague]);
    await publish(minutesCreated, minutesOf(meeting.id, colleague.userId));
    await publish(meetingCreated, meeting, { actor: organizer });
    await told(organizer, 'MINUTES_READY');
    await until('both have been told', async () => (await kindsOf(test, colleague)).length === 2);
    expect((await kindsOf(test, colleague)).toSorted()).toEqual(['MEETING_CREATED', 'MINUTES_READY']);
  });

  it('tells an assignee of a todo that somebody else gave them', async () => {
    const createdById = organizer.userId;
    await publish(todoCreated, todoOf({ createdById, assigneeId: createdById }), { actor: organizer });
    const todo = todoOf({ createdById, assigneeId: colleague.userId });
    await publish(todoCreated, todo, { actor: organizer });
    await told(colleague, 'TODO_ASSIGNED');
    const started = { ...todo, revision: 2, status: 'IN_PROGRESS' as const, assigneeChanged: false };
    await publish(todoStatusChanged, started, { actor: colleague });
    const passedOn = { ...todo, revision: 3, assigneeId: third.userId, assigneeChanged: true };
    await publish(todoStatusChanged, passedOn, { actor: colleague });
    await told(third, 'TODO_ASSIGNED');
    await told(colleague, 'TODO_ASSIGNED');
    expect(await kindsOf(test, organizer)).toEqual([]);
  });

  it('tells creator and organizer of a completed todo, but not who completed it', async () => {
    const { id: meetingId } = await schedule();
    const todo = todoOf({
      createdById: colleague.userId,
      assigneeId: third.userId,
      meetingId,
      status: 'DONE',
    });
    await publish(todoCompleted, todo, { actor: third });
    await told(organizer, 'TODO_COMPLETED');
    await told(colleague, 'TODO_COMPLETED', 'MEETING_CREATED');
    await publish(todoCompleted, { ...todo, revision: 2 }, { actor: organizer });
    await told(colleague, 'TODO_COMPLETED', 'TODO_COMPLETED', 'MEETING_CREATED');
    await told(organizer, 'TODO_COMPLETED');
    expect(await kindsOf(test, third)).toEqual([]);
  });

  it('tells an assignee of a due date, in the time zone of the meeting', async () => {
    const { id: meetingId } = await schedule();
    const assigned = { createdById: organizer.userId, assigneeId: colleague.userId };
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    await publish(todoDue, { ...todoOf({ ...assigned, meetingId }), dueAt: soon });
    await told(colleague, 'TODO_DUE', 'MEETING_CREATED');
    const late = { ...todoOf(assigned), dueAt: '2026-03-04T01:00:00.000Z' };
    await publish(todoDue, late);
    await told(colleague, 'TODO_DUE', 'TODO_DUE', 'MEETING_CREATED');
    const { edges } = await readInbox(test, colleague);
    expect(edges.slice(0, 2).map(({ node }) => node.title)).toEqual([
      '“Send the draft” is overdue',
      '“Send the draft” is due soon',
    ]);
    expect(edges[0]?.node.subject).toEqual({ __typename: 'Todo', id: late.id });
    expect(edges[0]?.node.body).toMatch(/^It was due on Wednesday, March 4, 2026 at 1:00\sAM \(UTC\)\.$/);
    expect(edges[1]?.node.body).toMatch(/\(Asia\/Seoul\)\. It comes from “Release sync”\.$/);
    expect(await kindsOf(test, organizer)).toEqual([]);
  });

  it('names the meeting of a todo only to who takes part in it', async () => {
    const meeting = await schedule();
    const todo = todoOf({ createdById: organizer.userId, assigneeId: third.userId, meetingId: meeting.id });
    await publish(todoCreated, todo, { actor: organizer });
    await told(third, 'TODO_ASSIGNED');
    const [edge] = (await readInbox(test, third)).edges;
    expect(`${edge?.node.title} ${edge?.node.body}`).not.toContain(meeting.title);
  });

  it('tells who asked for long work that it has failed', async () => {
    const requestedBy = { __typename: 'User' as const, id: organizer.userId };
    const { id } = await schedule();
    const task = taskOf({ status: 'PROCESSING', requestedBy, meeting: { __typename: 'Meeting', id } });
    await publish(taskChanged('ai'), task);
    await publish(taskChanged('ai'), { ...task, status: 'FAILED', revision: 10 });
    await told(organizer, 'TASK_FAILED');
    const other = taskOf({ status: 'FAILED', requestedBy, kind: 'TRANSCRIPT_IMPORT' });
    await publish(taskChanged('transcripts'), other);
    await told(organizer, 'TASK_FAILED', 'TASK_FAILED');
    const { edges } = await readInbox(test, organizer);
    expect(edges.map(({ node }) => [node.title, node.subject])).toEqual([
      ['The transcript could not be imported', null],
      ['The minutes of “Release sync” could not be made', { __typename: 'Meeting', id }],
    ]);
  });

  it('tells once of an event that is delivered twice', async () => {
    const meeting = meetingOf([organizer, colleague], { verificationPolicy: 'ALL_PRESENT' });
    const transcript = transcriptOf(meeting.id);
    const minutes = minutesOf(meeting.id, organizer.userId);
    const todo = todoOf({ createdById: organizer.userId, assigneeId: colleague.userId });
    const own = { ...todo, createdById: colleague.userId };
    const failed = taskOf({ status: 'FAILED', requestedBy: { __typename: 'User', id: colleague.userId } });
    const twice = async <C extends EventContract>(
      contract: C,
      payload: ToldEvent<C>['payload'],
    ): Promise<void> => {
      const id = randomUUID();
      await publish(contract, payload, { id, actor: organizer });
      await publish(contract, payload, { id, actor: organizer });
    };
    await twice(meetingCreated, meeting);
    await twice(meetingUpdated, { ...meeting, revision: 2 });
    await told(colleague, 'MEETING_CREATED');
    await twice(meetingEnded, { ...meeting, revision: 3 });
    await twice(meetingCancelled, { ...meeting, revision: 4 });
    await twice(transcriptCreated, transcript);
    await twice(transcriptVerified, transcript);
    await twice(sectionChanged, sectionOf(transcript, 'DISPUTED'));
    await twice(minutesCreated, minutes);
    await twice(todoCreated, todo);
    await twice(todoStatusChanged, { ...todo, revision: 2, assigneeChanged: true });
    await twice(todoCompleted, { ...own, revision: 3 });
    await twice(todoDue, { ...todo, dueAt: '2026-03-04T01:00:00.000Z' });
    await twice(taskChanged('ai'), failed);
    await twice(taskChanged('transcripts'), failed);
    // The last event of each aggregate comes behind the duplicates: once it is told, they have been handled.
    await publish(meetingEnded, { ...meeting, revision: 5 });
    await publish(transcriptVerified, transcript);
    await publish(minutesCreated, minutes);
    await publish(todoCompleted, { ...own, revision: 4 });
    await publish(todoDue, { ...todo, dueAt: '2026-03-05T01:00:00.000Z' });
    await publish(taskChanged('ai'), failed);
    await publish(taskChanged('transcripts'), failed);
    const twiceDelivered =
      'MEETING_CREATED MEETING_ENDED MEETING_CANCELED TRANSCRIPT_READY VERIFICATION_REQUESTED TRANSCRIPT_VERIFIED ' +
      'MINUTES_READY TODO_ASSIGNED TODO_ASSIGNED TODO_COMPLETED TODO_DUE TASK_FAILED TASK_FAILED';
    const last =
      'MEETING_ENDED TRANSCRIPT_VERIFIED MINUTES_READY TODO_COMPLETED TODO_DUE TASK_FAILED TASK_FAILED';
    const all = `${twiceDelivered} ${last}`.split(' ').toSorted();
    await until('all has been told', async () => (await kindsOf(test, colleague)).length >= all.length);
    expect((await kindsOf(test, colleague)).toSorted()).toEqual(all);
  });

  it('tells nothing again when the events of a meeting are replayed', async () => {
    const dataSource = await createDataSource(test.databaseUrl).initialize();
    const { workspaceId, userId: actorId } = organizer;
    const payload = meetingOf([organizer, colleague]);
    const created = { id: randomUUID(), type: meetingCreated.type, occurredAt: '2026-03-04T00:00:00.000Z' };
    const ended = { ...created, id: randomUUID(), type: meetingEnded.type };
    for (const event of [created, ended, created, ended]) {
      const handler = meetingSubscription.handlers.find(({ contract }) => contract.type === event.type);
      const received = { ...event, workspaceId, actorId, aggregateId: payload.id, payload };
      await dataSource.transaction(async (tx) => await handler?.handle(received, tx));
    }
    await dataSource.destroy();
    expect(await kindsOf(test, colleague)).toEqual(['MEETING_ENDED', 'MEETING_CREATED']);
  });
});
