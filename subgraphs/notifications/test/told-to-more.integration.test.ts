import type { UserViewer } from '@hoerok/shared/auth';
import {
  type EventContract,
  meetingCreated,
  meetingShared,
  type MeetingState,
  minutesCreated,
  sectionChanged,
  sectionNoted,
  todoCreated,
  todoStatusChanged,
  transcriptCreated,
} from '@hoerok/shared/contracts';
import { recordQueries, startTestService, type TestService, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { notificationsService } from '../src/service.ts';
import { expectTold, kindsOf, publish as tell, readInbox, type ToldEvent } from './inbox-reader.ts';
import { meetingOf, minutesOf, sectionOf, todoOf, transcriptOf } from './told-events.ts';

describe('who is told of shares, disputes, comments and changes', () => {
  const recorded = recordQueries(notificationsService);
  let test: TestService;
  let organizer: UserViewer;
  let colleague: UserViewer;
  let third: UserViewer;

  beforeAll(async () => {
    test = await startTestService(environment, recorded.definition);
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
    actor: UserViewer | null = null,
  ): Promise<void> => tell(test, { contract, payload, workspaceId: organizer.workspaceId, actor });
  const told = (user: UserViewer, ...kinds: string[]): Promise<void> => expectTold(test, user, ...kinds);
  const schedule = async (overrides: Partial<MeetingState> = {}): Promise<MeetingState> => {
    const meeting = meetingOf([organizer, colleague], overrides);
    await publish(meetingCreated, meeting, organizer);
    await told(colleague, 'MEETING_CREATED');
    return meeting;
  };

  it('tells the person that a meeting is shared with what they may do, and nobody else', async () => {
    const meeting = await schedule();
    const share = {
      __typename: 'MeetingShare' as const,
      id: 'share-1',
      meetingId: meeting.id,
      userId: third.userId,
      access: 'VERIFY' as const,
      sharedById: organizer.userId,
    };
    await publish(meetingShared, share, organizer);
    await told(third, 'MEETING_SHARED');
    const [edge] = (await readInbox(test, third)).edges;
    expect(edge?.node).toMatchObject({
      title: '“Release sync” was shared with you',
      body: expect.stringContaining('verify the transcript'),
      subject: { __typename: 'Meeting', id: meeting.id },
    });
    expect(await kindsOf(test, organizer)).toEqual([]);
    await told(colleague, 'MEETING_CREATED');
  });

  it('tells those who edited a section that it is disputed or commented on, as long as they may read it', async () => {
    const meeting = await schedule();
    const transcript = transcriptOf(meeting.id);
    await publish(transcriptCreated, transcript);
    await told(colleague, 'TRANSCRIPT_READY', 'MEETING_CREATED');
    const section = { ...sectionOf(transcript, 'EDITED'), id: transcript.id };
    await publish(sectionChanged, section, colleague);
    await publish(sectionChanged, section, third);
    await publish(sectionChanged, { ...section, state: 'DISPUTED', change: 'DISPUTED' }, organizer);
    await told(colleague, 'SECTION_DISPUTED', 'TRANSCRIPT_READY', 'MEETING_CREATED');
    const { id, transcriptId, meetingId, revision, transcriptRevision } = section;
    await publish(
      sectionNoted,
      {
        __typename: 'SectionUpdate',
        id,
        transcriptId,
        meetingId,
        revision,
        transcriptRevision,
        state: 'DISPUTED',
        change: 'COMMENTED',
        section: { __typename: 'TranscriptSection', id },
        transcript: { __typename: 'Transcript', id: transcriptId },
        actor: null,
      },
      colleague,
    );
    await told(organizer, 'SECTION_COMMENTED', 'TRANSCRIPT_READY');
    await told(colleague, 'SECTION_DISPUTED', 'TRANSCRIPT_READY', 'MEETING_CREATED');
    expect(await kindsOf(test, third)).toEqual([]);
  });

  it('asks those to verify who were there, and tells of minutes those who had left as well', async () => {
    const meeting = await schedule({ verificationPolicy: 'ALL_PRESENT', presentUserIds: [organizer.userId] });
    await publish(transcriptCreated, transcriptOf(meeting.id));
    await told(organizer, 'VERIFICATION_REQUESTED', 'TRANSCRIPT_READY');
    await publish(minutesCreated, minutesOf(meeting.id, organizer.userId));
    await told(colleague, 'MINUTES_READY', 'TRANSCRIPT_READY', 'MEETING_CREATED');
    expect(await kindsOf(test, organizer)).toContain('MINUTES_READY');
  });

  it('tells an assignee of a status that somebody else gave their todo, and not of their own doing', async () => {
    const todo = todoOf({ createdById: organizer.userId, assigneeId: colleague.userId });
    await publish(todoCreated, todo, organizer);
    await told(colleague, 'TODO_ASSIGNED');
    await publish(todoStatusChanged, { ...todo, revision: 2, status: 'IN_PROGRESS' }, colleague);
    await publish(todoStatusChanged, { ...todo, revision: 3, status: 'BLOCKED' }, organizer);
    await told(colleague, 'TODO_STATUS_CHANGED', 'TODO_ASSIGNED');
    expect((await readInbox(test, colleague)).edges[0]?.node.title).toBe(
      'Your todo “Send the draft” is now blocked',
    );
  });

  it('reads the deliveries of a whole list at once, and shows them to the recipient alone', async () => {
    const todo = (): ReturnType<typeof todoOf> =>
      todoOf({ createdById: organizer.userId, assigneeId: colleague.userId });
    for (let count = 0; count < 5; count += 1) await publish(todoCreated, todo(), organizer);
    await told(colleague, ...Array.from({ length: 5 }, () => 'TODO_ASSIGNED'));
    const document = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User {
      notifications { edges { node { deliveries { channel state recipient { id } } } } } } } }`;
    const r = [{ __typename: 'User', id: colleague.userId }];
    let data: unknown;
    const queries = await recorded.during(/^SELECT .* FROM "delivery" .* IN \(/s, async () => {
      ({ data } = await test.execute(colleague, document, { r }));
    });
    expect(queries.filter((query) => query.includes('notification_id" IN')).length).toBe(1);
    const recipient = { id: colleague.userId };
    const deliveries = [
      { channel: 'IN_APP', state: 'DELIVERED', recipient },
      { channel: 'EMAIL', state: 'PENDING', recipient },
    ];
    const answer = data as {
      _entities: { notifications: { edges: { node: { deliveries: unknown[] } }[] } }[];
    };
    const edges = answer._entities[0]?.notifications.edges ?? [];
    expect(edges.length).toBe(5);
    for (const { node } of edges) {
      expect(node.deliveries.length).toBe(2);
      expect(node.deliveries).toEqual(expect.arrayContaining(deliveries));
    }
    expect((await test.execute(organizer, document, { r })).data).toEqual({
      _entities: [{ notifications: { edges: [] } }],
    });
  });

  it('has entities that fit its migrations', async () => {
    const dataSource = await createDataSource(test.databaseUrl).initialize();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
