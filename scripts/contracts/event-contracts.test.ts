import {
  accessRevoked,
  actionItemAccepted,
  defineEvent,
  type EventContract,
  type EventPayload,
  MEETING_EVENTS,
  meetingDeleted,
  meetingShared,
  minutesChanged,
  minutesCreated,
  minutesWithdrawn,
  notificationCreated,
  sagaStepEnded,
  sagaStepRequested,
  sectionChanged,
  sectionNoted,
  taskCancelRequested,
  taskChanged,
  taskRetellRequested,
  taskRetryRequested,
  todoChanged,
  todoCompleted,
  todoCreated,
  todoDue,
  todoStatusChanged,
  transcriptCreated,
  transcriptDeleted,
  transcriptVerified,
  userCreated,
  userUpdated,
} from '@hoerok/shared/contracts';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REPOSITORY } from '../supergraph/supergraph-config.ts';
import { readContractFiles } from './contract-files.ts';
import { readContracts, schemaOf, textOf } from './event-contracts.ts';

const at = '2026-03-04T01:00:00.000Z';

/** Payloads of one contract: the fullest one and the barest one. */
function samplesOf<C extends EventContract>(
  contract: C,
  ...payloads: EventPayload<C>[]
): [string, EventPayload<C>[]] {
  return [contract.type, payloads];
}

const user = { __typename: 'User', id: 'u-1', revision: 1 } as const;
const meeting = {
  __typename: 'Meeting',
  id: 'm-1',
  revision: 3,
  title: '주간 회의',
  status: 'ENDED',
  language: 'ko',
  timeZone: 'Asia/Seoul',
  organizerId: 'u-1',
  participantUserIds: ['u-1', 'u-2'],
  scheduledStart: at,
  startedAt: at,
  endedAt: '2026-03-04T02:00:00Z',
  verificationPolicy: 'QUORUM',
} as const;
const news = {
  kind: 'ENDED',
  meeting: { __typename: 'Meeting', id: 'm-1' },
  actor: { __typename: 'User', id: 'u-1' },
} as const;
/** What a meeting tells of who may see it and who was there: absent in old events. */
const doors = {
  shares: [
    { userId: 'u-3', access: 'VERIFY' as const, expiresAt: at },
    { userId: 'u-4', access: 'READ' as const, expiresAt: null },
  ],
  audienceUserIds: ['u-1', 'u-2', 'u-3', 'u-4'],
  presentUserIds: ['u-1'],
  recordingConsents: [{ userId: 'u-2', state: 'REFUSED' as const }],
};
const transcript = {
  __typename: 'Transcript',
  id: 't-1',
  revision: 1,
  meetingId: 'm-1',
  language: 'ko',
  wordCount: 812,
  durationMs: 3_600_000,
} as const;
const section = {
  __typename: 'TranscriptSection',
  id: 's-1',
  transcriptId: 't-1',
  meetingId: 'm-1',
  revision: 4,
  transcriptRevision: 2,
  state: 'DISPUTED',
  change: 'EDITED',
} as const;
const todo = {
  __typename: 'Todo',
  id: 'd-1',
  revision: 2,
  title: 'Send the offer',
  status: 'IN_PROGRESS',
  meetingId: 'm-1',
  assigneeId: 'u-2',
  createdById: 'u-1',
  assigneeChanged: true,
} as const;
const { assigneeChanged: _absentAtFirst, ...firstTodo } = { ...todo, meetingId: null, assigneeId: null };
const todoUpdate = {
  kind: 'CHANGED',
  changed: ['status'],
  todoId: 'd-1',
  todo: { __typename: 'Todo', id: 'd-1' },
  actor: { __typename: 'User', id: 'u-1' },
  watchers: ['u-1', 'u-2'],
} as const;
const command = { taskId: 'k-1', owner: 'ai' };
const task = {
  __typename: 'Task',
  id: 'k-1',
  kind: 'MINUTES',
  status: 'FAILED',
  priority: 'HIGH',
  progress: 0.5,
  stage: 'reading',
  attempt: 4,
  maxAttempts: 4,
  revision: 9,
  createdAt: at,
  startedAt: at,
  finishedAt: at,
  nextAttemptAt: at,
  error: { code: 'TIMEOUT', message: 'Too slow.', retryable: true },
  requestedBy: { __typename: 'User', id: 'u-1' },
  meeting: { __typename: 'Meeting', id: 'm-1' },
  watchers: ['u-1'],
} as const;
const waitingTask = {
  ...task,
  status: 'PENDING',
  stage: null,
  startedAt: null,
  finishedAt: null,
  nextAttemptAt: null,
  error: null,
  requestedBy: null,
  meeting: null,
  watchers: [],
} as const;
const minutesUpdate = {
  __typename: 'MinutesUpdate',
  id: 'n-1',
  revision: 1,
  meetingId: 'm-1',
  change: 'REVIEWED',
  minutes: { __typename: 'Minutes', id: 'n-1' },
  itemIds: ['a-1'],
  actor: { __typename: 'User', id: 'u-1' },
} as const;
const item = {
  __typename: 'ActionItem',
  id: 'a-1',
  revision: 1,
  meetingId: 'm-1',
  minutesId: 'n-1',
  text: 'Send the offer',
  assigneeId: 'u-2',
  dueAt: at,
  acceptedById: 'u-1',
} as const;

const request = {
  sagaId: 'k-1',
  saga: 'MEETING_DELETION',
  step: 'ai-hide-meeting',
  action: 'UNDO',
  round: 2,
  target: 'ai',
  participant: 'hide-meeting',
  input: { meetingId: 'm-1' },
  result: { hidden: true },
  requestedBy: 'u-1',
} as const;
const stepEnd = {
  orchestrator: 'meetings',
  sagaId: 'k-1',
  step: 'ai-hide-meeting',
  action: 'DO',
  round: 1,
  taskId: 'k-2',
  outcome: 'FAILED',
  result: { hidden: true },
  error: { code: 'TIMEOUT', message: 'Too slow.' },
} as const;

const SAMPLES: ReadonlyMap<string, readonly unknown[]> = new Map<string, readonly unknown[]>([
  ...[userCreated, userUpdated].map((contract) => samplesOf(contract, user)),
  samplesOf(
    accessRevoked,
    { userId: 'u-1', sessionId: 's-1', revision: null, accessEndsAt: at },
    { userId: 'u-1', sessionId: null, revision: 4, accessEndsAt: at },
  ),
  ...MEETING_EVENTS.map((contract) =>
    samplesOf(
      contract,
      { ...meeting, ...news, ...doors, participantUserIds: [...meeting.participantUserIds] },
      { ...meeting, participantUserIds: [], startedAt: null, endedAt: null },
    ),
  ),
  samplesOf(
    meetingDeleted,
    { __typename: 'Meeting', id: 'm-1', revision: 4, kind: 'DELETED', meeting: null, actor: null },
    { __typename: 'Meeting', id: 'm-1' },
  ),
  samplesOf(
    meetingShared,
    {
      __typename: 'MeetingShare',
      id: 'h-1',
      meetingId: 'm-1',
      userId: 'u-3',
      access: 'COMMENT',
      sharedById: 'u-1',
    },
    {
      __typename: 'MeetingShare',
      id: 'h-1',
      meetingId: 'm-1',
      userId: null,
      access: 'READ',
      sharedById: 'u-1',
    },
  ),
  ...[transcriptCreated, transcriptVerified].map((contract) => samplesOf(contract, transcript)),
  samplesOf(transcriptDeleted, { __typename: 'Transcript', id: 't-1', revision: 4, meetingId: 'm-1' }),
  samplesOf(sectionChanged, section, {
    ...section,
    section: { __typename: 'TranscriptSection', id: 's-1' },
    transcript: { __typename: 'Transcript', id: 't-1' },
    editedSegments: [{ id: 'g-1', revision: 2 }],
    actor: { __typename: 'User', id: 'u-1' },
  }),
  samplesOf(
    sectionNoted,
    {
      ...section,
      __typename: 'SectionUpdate',
      change: 'SPLIT',
      section: { __typename: 'TranscriptSection', id: 's-1' },
      transcript: { __typename: 'Transcript', id: 't-1' },
      actor: { __typename: 'User', id: 'u-1' },
    },
    {
      ...section,
      __typename: 'SectionUpdate',
      id: 't-1',
      change: 'LOCKED',
      section: null,
      transcript: { __typename: 'Transcript', id: 't-1' },
      actor: null,
    },
  ),
  samplesOf(minutesCreated, {
    __typename: 'Minutes',
    id: 'n-1',
    revision: 1,
    meetingId: 'm-1',
    transcriptId: 't-1',
    transcriptRevision: 2,
    actionItemCount: 1,
    assigneeIds: ['u-2'],
  }),
  samplesOf(minutesWithdrawn, {
    __typename: 'Minutes',
    id: 'n-1',
    revision: 1,
    meetingId: 'm-1',
    transcriptId: 't-1',
  }),
  samplesOf(
    minutesChanged,
    { ...minutesUpdate, itemIds: [...minutesUpdate.itemIds] },
    { ...minutesUpdate, change: 'WITHDRAWN', minutes: null, itemIds: [], actor: null },
  ),
  samplesOf(actionItemAccepted, item, { ...item, assigneeId: null, dueAt: null }),
  ...[todoCreated, todoStatusChanged, todoCompleted].map((contract) => samplesOf(contract, todo, firstTodo)),
  samplesOf(
    todoChanged,
    { ...todo, ...todoUpdate, changed: [...todoUpdate.changed], watchers: [...todoUpdate.watchers] },
    { ...firstTodo, ...todoUpdate, changed: [], actor: null, watchers: [] },
  ),
  samplesOf(todoDue, { ...todo, dueAt: at }, { ...firstTodo, dueAt: at }),
  samplesOf(notificationCreated, {
    __typename: 'Notification',
    id: 'o-1',
    revision: 1,
    recipientId: 'u-1',
    kind: 'MINUTES_READY',
  }),
  ...[taskCancelRequested, taskRetryRequested].map((contract) => samplesOf(contract, command)),
  samplesOf(taskRetellRequested, { createdSince: at }, { createdSince: null }),
  ...['ai', 'meetings', 'notifications', 'todos', 'transcripts'].map((owner) =>
    samplesOf(
      taskChanged(owner),
      { ...task, watchers: [...task.watchers] },
      { ...waitingTask, watchers: [...waitingTask.watchers] },
    ),
  ),
  ...['ai', 'meetings'].map((service) =>
    samplesOf(sagaStepRequested(service), { ...request }, { ...request, result: null, requestedBy: null }),
  ),
  ...['ai', 'meetings', 'notifications', 'todos', 'transcripts'].map((service) =>
    samplesOf(sagaStepEnded(service), { ...stepEnd }, { ...stepEnd, result: null, error: null }),
  ),
]);

const published = await readContracts();
const files = await readContractFiles(REPOSITORY);

/** The decoder that the text of a contract's file alone makes. */
function decoderOf(type: string): z.ZodType {
  const text = files.get(`${type}.json`);
  if (text === undefined) throw new Error(`contracts/${type}.json is missing.`);
  return z.fromJSONSchema(JSON.parse(text) as z.core.JSONSchema.JSONSchema);
}

const STRANGE = [null, {}, [], [1], '', 'nonsense', '2026-03-04T10:00:00+09:00', true, -1, 0.5, 1e300];

/** The payload with each of its values, at any depth, once left out and once replaced by each strange value. */
function spoiled(payload: unknown): unknown[] {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return STRANGE;
  const entries = Object.entries(payload);
  return [
    ...STRANGE,
    ...entries.flatMap(([name, value]) => {
      const rest = Object.fromEntries(entries.filter(([other]) => other !== name));
      return [rest, ...spoiled(value).map((other) => ({ ...rest, [name]: other }))];
    }),
  ];
}

describe('the contracts of the code', () => {
  it('are all named with samples here, tasks of every service that has tasks included', () => {
    expect(published.map(({ contract }) => contract.type)).toEqual([...SAMPLES.keys()].sort());
  });

  it.each(published)('are read alike by the code and by the file alone: $contract.type', ({ contract }) => {
    const decoder = decoderOf(contract.type);
    for (const sample of SAMPLES.get(contract.type) ?? []) {
      const sent: unknown = JSON.parse(JSON.stringify(contract.schema.parse(sample)));
      expect(sent).toEqual(sample);
      expect(decoder.parse(sent)).toEqual(sample);
      expect(decoder.safeParse({ ...(sample as object), addedLater: 1 }).success).toBe(true);
      for (const wrong of spoiled(sample)) {
        const accepted = contract.schema.safeParse(wrong).success;
        expect(decoder.safeParse(wrong).success, JSON.stringify(wrong)).toBe(accepted);
      }
    }
  });

  it('carry the address that the header ce-dataschema names, their type and their docstring', () => {
    const minutes = published.find(({ contract }) => contract.type === minutesCreated.type);
    expect(minutes?.schema).toMatchObject({
      $id: '/contracts/ai.minutes.created.v1.json',
      title: 'ai.minutes.created.v1',
      description: 'Minutes were made of a transcript.',
    });
  });
});

describe('the text of a contract file', () => {
  const contractOf = (schema: z.ZodType): EventContract =>
    defineEvent({ service: 'shop', aggregate: 'order', event: 'placed', version: 1, schema });
  const text = (schema: z.ZodType): string => textOf(schemaOf(contractOf(schema), 'An order was placed.'));

  it('does not depend on the order of properties in the code', () => {
    const [a, b] = [z.string(), z.int()];
    expect(text(z.object({ a, b }))).toBe(text(z.object({ b, a })));
  });

  it('says of an instant only that it ends in Z, and keeps the rules of instants that differ', () => {
    expect(text(z.iso.datetime())).toContain('"pattern": "Z$"');
    for (const other of [z.iso.datetime({ offset: true }), z.iso.datetime({ precision: 3 })])
      expect(text(other)).not.toContain('"pattern": "Z$"');
  });
});
