import type { UserViewer } from '@hoerok/shared/auth';
import type {
  EventPayload,
  MeetingState,
  minutesCreated,
  sectionChanged,
  TaskSnapshot,
  todoCreated,
  transcriptCreated,
} from '@hoerok/shared/contracts';
import { testNamespace } from '@hoerok/shared/testing';

/** A meeting of the first of its participants. */
export function meetingOf(
  people: readonly [organizer: UserViewer, ...others: UserViewer[]],
  overrides: Partial<MeetingState> = {},
): MeetingState {
  return {
    __typename: 'Meeting',
    id: `m-${testNamespace()}`,
    revision: 1,
    title: 'Release sync',
    status: 'SCHEDULED',
    language: 'en',
    timeZone: 'Asia/Seoul',
    organizerId: people[0].userId,
    participantUserIds: people.map(({ userId }) => userId),
    scheduledStart: '2026-03-04T01:00:00.000Z',
    startedAt: null,
    endedAt: null,
    verificationPolicy: 'NONE',
    ...overrides,
  };
}

/** The transcript of a meeting. */
export function transcriptOf(meetingId: string): EventPayload<typeof transcriptCreated> {
  return {
    __typename: 'Transcript',
    id: `t-${testNamespace()}`,
    revision: 1,
    meetingId,
    language: 'en',
    wordCount: 1820,
    durationMs: 720_000,
  };
}

/** A change of a section of a transcript. */
export function sectionOf(
  transcript: EventPayload<typeof transcriptCreated>,
  change: 'APPROVED' | 'DISPUTED' | 'EDITED',
): EventPayload<typeof sectionChanged> {
  const { id: transcriptId, meetingId } = transcript;
  const state = change === 'DISPUTED' ? 'DISPUTED' : 'VERIFIED';
  return {
    __typename: 'TranscriptSection',
    id: `s-${testNamespace()}`,
    transcriptId,
    meetingId,
    revision: 2,
    transcriptRevision: transcript.revision,
    state,
    change,
  };
}

/** Minutes with two action items, one of which names the assignee. */
export function minutesOf(meetingId: string, assigneeId: string): EventPayload<typeof minutesCreated> {
  return {
    __typename: 'Minutes',
    id: `n-${testNamespace()}`,
    revision: 1,
    meetingId,
    transcriptId: 'transcript-1',
    transcriptRevision: 1,
    actionItemCount: 2,
    assigneeIds: [assigneeId],
  };
}

/** An open todo. */
export function todoOf(
  overrides: Partial<EventPayload<typeof todoCreated>> & { readonly createdById: string },
): EventPayload<typeof todoCreated> {
  return {
    __typename: 'Todo',
    id: `d-${testNamespace()}`,
    revision: 1,
    title: 'Send the draft',
    status: 'OPEN',
    meetingId: null,
    assigneeId: null,
    ...overrides,
  };
}

/** A task that makes minutes. */
export function taskOf(
  overrides: Partial<TaskSnapshot> & Pick<TaskSnapshot, 'status' | 'requestedBy'>,
): TaskSnapshot {
  return {
    __typename: 'Task',
    id: `k-${testNamespace()}`,
    kind: 'MINUTES',
    priority: 'NORMAL',
    progress: 0.4,
    stage: null,
    attempt: 3,
    maxAttempts: 3,
    revision: 9,
    createdAt: '2026-03-04T02:00:00.000Z',
    startedAt: '2026-03-04T02:00:00.000Z',
    finishedAt: '2026-03-04T02:01:00.000Z',
    nextAttemptAt: null,
    error: { code: 'INTERNAL', message: 'The analysis did not finish.', retryable: false },
    meeting: null,
    watchers: [],
    ...overrides,
  };
}
