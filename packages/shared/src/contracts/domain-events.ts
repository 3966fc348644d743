import { z } from 'zod';
import { defineEvent, reference } from './event-contract.ts';

/** A user registered or was invited and joined. */
export const userCreated = defineEvent({
  service: 'users',
  aggregate: 'user',
  event: 'created',
  version: 1,
  schema: z.object({ __typename: z.literal('User'), id: z.string(), revision: z.number().int() }),
});

/** Profile, role or activity of a user changed. */
export const userUpdated = defineEvent({ ...userCreated, event: 'updated' });

/**
 * Access was withdrawn before it would have ended: gateways refuse it from now on and close what it has open. Either one
 * session (a sign-out, a stolen refresh token) or API key, whose id is `sessionId`, or everything of a user that was granted
 * before `revision` (deactivation, another role, another password).
 */
export const accessRevoked = defineEvent({
  service: 'users',
  aggregate: 'access',
  event: 'revoked',
  version: 1,
  schema: z.object({
    userId: z.string(),
    sessionId: z.string().nullable(),
    /** Of the user, with the change in it; access tokens carry the one they were issued at as `rev`. */
    revision: z.number().int().nullable(),
    /** When the last access token that this is about ends by itself. */
    accessEndsAt: z.iso.datetime(),
  }),
});

/** A transcript is there: imported or transcribed, with its segments and sections. */
export const transcriptCreated = defineEvent({
  service: 'transcripts',
  aggregate: 'transcript',
  event: 'created',
  version: 1,
  schema: z.object({
    __typename: z.literal('Transcript'),
    id: z.string(),
    revision: z.number().int(),
    meetingId: z.string(),
    language: z.string(),
    wordCount: z.number().int(),
    durationMs: z.number().int(),
  }),
});

/** Every section of a transcript has been verified as its meeting's policy asks. */
export const transcriptVerified = defineEvent({ ...transcriptCreated, event: 'verified' });

/** A transcript was deleted with the recording that it was heard in, at the wish of a person; what was made of it is to go too. */
export const transcriptDeleted = defineEvent({
  service: 'transcripts',
  aggregate: 'transcript',
  event: 'deleted',
  version: 1,
  schema: z.object({
    __typename: z.literal('Transcript'),
    id: z.string(),
    /** Above that of every event before it. */
    revision: z.number().int(),
    meetingId: z.string(),
  }),
});

/** One section of a transcript was edited, approved, disputed or went stale; what the subscription `sectionUpdates` tells. */
export const sectionChanged = defineEvent({
  service: 'transcripts',
  aggregate: 'section',
  event: 'changed',
  version: 1,
  schema: z.object({
    __typename: z.literal('TranscriptSection'),
    id: z.string(),
    transcriptId: z.string(),
    meetingId: z.string(),
    revision: z.number().int(),
    /** Of the transcript: what was made of an earlier one is outdated after an EDITED. */
    transcriptRevision: z.number().int(),
    state: z.enum(['UNVERIFIED', 'PARTIAL', 'VERIFIED', 'DISPUTED']),
    change: z.enum(['EDITED', 'APPROVED', 'DISPUTED', 'STALE']),
    /** Optional, as the next ones: events of before the subscription was there lack them. */
    section: reference('TranscriptSection').optional(),
    transcript: reference('Transcript').optional(),
    /** After EDITED: the segments that have another text now; what quotes a lower revision of one is stale. */
    editedSegments: z.array(z.object({ id: z.string(), revision: z.number().int() })).optional(),
    /** Null for the platform itself. */
    actor: reference('User').nullable().optional(),
  }),
});

/**
 * Something else than a verdict or a text happened to a section, or to a whole transcript, whose id is then the event's: it was
 * split, commented on, locked. `sectionUpdates` tells these beside {@link sectionChanged}, whose kinds are a closed set.
 */
export const sectionNoted = defineEvent({
  service: 'transcripts',
  aggregate: 'section',
  event: 'noted',
  version: 1,
  schema: z.object({
    __typename: z.literal('SectionUpdate'),
    id: z.string(),
    transcriptId: z.string(),
    meetingId: z.string(),
    /** Of the section; of the transcript when `section` is null. */
    revision: z.number().int(),
    /** What was made of an earlier revision of the transcript is outdated. */
    transcriptRevision: z.number().int(),
    /** Of the section; what the states of all of them amount to when `section` is null. */
    state: z.enum(['UNVERIFIED', 'PARTIAL', 'VERIFIED', 'DISPUTED']),
    /** A SectionChange of the transcripts subgraph. A string, for kinds may be added. */
    change: z.string(),
    /** Null when it is about the whole transcript. */
    section: reference('TranscriptSection').nullable(),
    transcript: reference('Transcript'),
    /** Null for the platform itself. */
    actor: reference('User').nullable(),
  }),
});

/** Minutes were made of a transcript. */
export const minutesCreated = defineEvent({
  service: 'ai',
  aggregate: 'minutes',
  event: 'created',
  version: 1,
  schema: z.object({
    __typename: z.literal('Minutes'),
    id: z.string(),
    revision: z.number().int(),
    meetingId: z.string(),
    transcriptId: z.string(),
    transcriptRevision: z.number().int(),
    actionItemCount: z.number().int(),
    /** Users whom an action item names. */
    assigneeIds: z.array(z.string()),
  }),
});

/** Minutes that nobody had reviewed were taken back: they are gone, with their items. */
export const minutesWithdrawn = defineEvent({
  service: 'ai',
  aggregate: 'minutes',
  event: 'withdrawn',
  version: 1,
  schema: z.object({
    __typename: z.literal('Minutes'),
    id: z.string(),
    revision: z.number().int(),
    meetingId: z.string(),
    transcriptId: z.string(),
  }),
});

/** Minutes of a meeting are there, were reviewed or went; what the subscription `minutesUpdates` tells. */
export const minutesChanged = defineEvent({
  service: 'ai',
  aggregate: 'minutes',
  event: 'changed',
  version: 1,
  schema: z.object({
    __typename: z.literal('MinutesUpdate'),
    /** Of the minutes. */
    id: z.string(),
    revision: z.number().int(),
    meetingId: z.string(),
    /** A MinutesChange of the ai subgraph. A string, for kinds may be added. */
    change: z.string(),
    /** Null once they are gone. */
    minutes: reference('Minutes').nullable(),
    /** The items it happened to; empty when that is all of them. */
    itemIds: z.array(z.string()),
    /** Null for the platform itself. */
    actor: reference('User').nullable(),
  }),
});

/** A person accepted (or edited and accepted) a suggested action item: it becomes a todo. */
export const actionItemAccepted = defineEvent({
  service: 'ai',
  aggregate: 'action-item',
  event: 'accepted',
  version: 1,
  schema: z.object({
    __typename: z.literal('ActionItem'),
    id: z.string(),
    revision: z.number().int(),
    meetingId: z.string(),
    minutesId: z.string(),
    text: z.string(),
    assigneeId: z.string().nullable(),
    dueAt: z.iso.datetime().nullable(),
    acceptedById: z.string(),
  }),
});

const todoState = z.object({
  __typename: z.literal('Todo'),
  id: z.string(),
  revision: z.number().int(),
  title: z.string(),
  status: z.enum(['OPEN', 'IN_PROGRESS', 'BLOCKED', 'DONE', 'CANCELED']),
  meetingId: z.string().nullable(),
  assigneeId: z.string().nullable(),
  createdById: z.string(),
  /** True when this very change gave the todo to somebody else; absent in a todo's first event. */
  assigneeChanged: z.boolean().optional(),
});

/** A todo was written down. */
export const todoCreated = defineEvent({
  service: 'todos',
  aggregate: 'todo',
  event: 'created',
  version: 1,
  schema: todoState,
});
/** A todo was written down or any field of it changed; what the subscriptions to todos tell, one event for each change. */
export const todoChanged = defineEvent({
  ...todoCreated,
  event: 'changed',
  schema: todoState.extend({
    /** A TodoUpdateKind of the todos subgraph. A string, for kinds may be added. */
    kind: z.string(),
    /** Names of the fields with a new value; none for a new todo. */
    changed: z.array(z.string()),
    todoId: z.string(),
    todo: reference('Todo'),
    actor: reference('User').nullable(),
    /** Users it concerns: its creator, its assignee and, when this change took it from somebody, that user. */
    watchers: z.array(z.string()),
  }),
});
/** Status or assignee of a todo changed. */
export const todoStatusChanged = defineEvent({ ...todoCreated, event: 'status-changed' });
/** A todo is done. */
export const todoCompleted = defineEvent({ ...todoCreated, event: 'completed' });
/**
 * An open todo with an assignee is due soon, told at the times before that it sets itself, or late, told once a day for a
 * week.
 */
export const todoDue = defineEvent({
  ...todoCreated,
  event: 'due',
  schema: todoState.extend({ dueAt: z.iso.datetime() }),
});

/** A notification for one user; carries the shape of the subscription `notificationReceived`. */
export const notificationCreated = defineEvent({
  service: 'notifications',
  aggregate: 'notification',
  event: 'created',
  version: 1,
  schema: z.object({
    __typename: z.literal('Notification'),
    id: z.string(),
    revision: z.number().int(),
    recipientId: z.string(),
    kind: z.string(),
  }),
});
