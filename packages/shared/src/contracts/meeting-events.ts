import { z } from 'zod';
import { defineEvent, type EventContract, reference } from './event-contract.ts';

export const MEETING_STATUSES = ['SCHEDULED', 'LIVE', 'ENDED', 'CANCELED'] as const;
export type MeetingStatus = (typeof MEETING_STATUSES)[number];

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
