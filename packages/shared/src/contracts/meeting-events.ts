import { z } from 'zod';
import { defineEvent, type EventContract, reference } from './event-contract.ts';

export const MEETING_STATUSES = ['SCHEDULED', 'LIVE', 'ENDED', 'CANCELED'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

/** What a share lets somebody do, weakest first: each includes those before it. */
export const SHARE_ACCESS = ['READ', 'COMMENT', 'VERIFY'] as const;
export type ShareAccess = (typeof SHARE_ACCESS)[number];

/** Whether somebody agrees to being recorded. */
export const CONSENT_STATES = ['UNASKED', 'GIVEN', 'REFUSED'] as const;
export type ConsentState = (typeof CONSENT_STATES)[number];

const meetingShare = z.object({
  userId: z.string(),
  access: z.enum(SHARE_ACCESS),
  /** From when on it counts no more; compared when somebody asks. */
  expiresAt: z.iso.datetime().nullable(),
});

/** A meeting shared with a user who does not take part in it. */
export type MeetingShare = z.output<typeof meetingShare>;

/** Everything other services keep about a meeting: who may see it, and what state it is in. */
export const meetingState = z.object({
  __typename: z.literal('Meeting'),
  id: z.string(),
  /** Rises with every change; a reader keeps the highest. */
  revision: z.number().int(),
  title: z.string(),
  status: z.enum(MEETING_STATUSES),
  language: z.string(),
  timeZone: z.string(),
  organizerId: z.string(),
  /** Users among the participants, the organizer included; who has ever been one stays told of the minutes. */
  participantUserIds: z.array(z.string()),
  scheduledStart: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  verificationPolicy: z.enum(['NONE', 'ORGANIZER', 'QUORUM', 'ALL_PRESENT']),
  // Optional: events of before they were there lack what follows.
  /** Users it is shared with, those whose share has not been revoked. */
  shares: z.array(meetingShare).optional(),
  /** Who may watch it: participants, and who held a live share when this was told. */
  audienceUserIds: z.array(z.string()).optional(),
  /** Users among the participants who were there; before it has ended, those who are. */
  presentUserIds: z.array(z.string()).optional(),
  /** What the users among the participants said to being recorded. */
  recordingConsents: z.array(z.object({ userId: z.string(), state: z.enum(CONSENT_STATES) })).optional(),
});

export type MeetingState = z.output<typeof meetingState>;

// Optional, for events of before the subscription was there lack them.
const meetingNews = {
  /** What has happened: a MeetingEventKind of the meetings subgraph. A string, for kinds may be added. */
  kind: z.string().optional(),
  /** Null once it is deleted. */
  meeting: reference('Meeting').nullable().optional(),
  /** Null for the platform itself. */
  actor: reference('User').nullable().optional(),
};

/** The state of a meeting, and what the subscription `meetingEvents` tells beside it. */
export const meetingChange = meetingState.extend(meetingNews);

export type MeetingChange = z.output<typeof meetingChange>;

const meetingEvent = (event: string): EventContract<typeof meetingChange> =>
  defineEvent({ service: 'meetings', aggregate: 'meeting', event, version: 1, schema: meetingChange });

/** A meeting was scheduled. */
export const meetingCreated = meetingEvent('created');
/** Title, time, agenda, participants or another property changed. */
export const meetingUpdated = meetingEvent('updated');
/** SCHEDULED -> LIVE. */
export const meetingStarted = meetingEvent('started');
/** LIVE -> ENDED. */
export const meetingEnded = meetingEvent('ended');
/** SCHEDULED or LIVE -> CANCELED. */
export const meetingCancelled = meetingEvent('cancelled');

/** All events that carry the state of a meeting. */
export const MEETING_EVENTS = [
  meetingCreated,
  meetingUpdated,
  meetingStarted,
  meetingEnded,
  meetingCancelled,
] as const;

/** A meeting and everything derived from it were deleted, in every service. Nothing of it will be told any more. */
export const meetingDeleted = defineEvent({
  service: 'meetings',
  aggregate: 'meeting',
  event: 'deleted',
  version: 1,
  schema: reference('Meeting').extend({
    /** Above that of every event before it. */
    revision: z.number().int().optional(),
    ...meetingNews,
  }),
});

/**
 * A meeting was shared with somebody who does not take part in it. Of an address without an account nothing is told but the
 * share: who delivers its invitation asks the meetings service for it.
 */
export const meetingShared = defineEvent({
  service: 'meetings',
  // Not the meeting: the last event of a meeting says who may watch it.
  aggregate: 'share',
  event: 'created',
  version: 1,
  schema: reference('MeetingShare').extend({
    meetingId: z.string(),
    /** Null for an address without an account. */
    userId: z.string().nullable(),
    access: z.enum(SHARE_ACCESS),
    sharedById: z.string(),
  }),
});
