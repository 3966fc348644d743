import type { UserViewer } from '@hoerok/shared/auth';
import { CONSENT_STATES, meetingUpdated } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { ATTENDANCE_STATES, joined, left, type Presence } from '../domain/attendance.ts';
import { isClosed } from '../domain/meeting-status.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { Participant } from '../entities/participant.entity.ts';
import type { MeetingEventKind } from '../generated/resolvers.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { commitChange, notFound, requireEditable } from './change-meeting.ts';

const setAttendanceInput = z.object({
  meetingId: z.string(),
  participantId: z.string(),
  state: z.enum(ATTENDANCE_STATES),
});
const consentInput = z.object({
  meetingId: z.string(),
  consent: z.enum(CONSENT_STATES).exclude(['UNASKED'], { error: 'must be GIVEN or REFUSED' }),
});

/**
 * What participants say of themselves: whether they come, are there, and may be recorded. Each answers the meeting as it is
 * then, and changes nothing when nothing is new.
 * @throws AppError `NOT_FOUND` for a meeting the viewer may not see; `FORBIDDEN` for who sees it and does not take part;
 *   `WRONG_STATE`.
 */
export interface AttendMeeting {
  readonly respond: (viewer: UserViewer, meetingId: string, accept: boolean) => Promise<Meeting>;
  readonly join: (viewer: UserViewer, meetingId: string) => Promise<Meeting>;
  readonly leave: (viewer: UserViewer, meetingId: string) => Promise<Meeting>;
  readonly consent: (viewer: UserViewer, input: unknown) => Promise<Meeting>;
  /** For who may edit the meeting; also after it has ended. */
  readonly set: (viewer: UserViewer, input: unknown) => Promise<Meeting>;
}

/** What {@link createAttendMeeting} needs. */
export interface AttendMeetingDeps {
  readonly transact: Transact;
  readonly clock: () => Date;
}

interface Change {
  readonly meetingId: string;
  /** Refuses with WRONG_STATE. */
  readonly allow: (meeting: Meeting) => void;
  readonly presence: (participant: Participant) => Presence;
  readonly kind?: MeetingEventKind;
}

/** Builds {@link AttendMeeting}. */
export function createAttendMeeting({ transact, clock }: AttendMeetingDeps): AttendMeeting {
  const ofViewer = (viewer: UserViewer, change: Change): Promise<Meeting> =>
    transact(async (tx) => {
      const { meeting, participant } = await requireParticipant(tx, viewer, change.meetingId);
      change.allow(meeting);
      return await store(tx, viewer, { ...change, meeting, participant });
    });
  return {
    respond: (viewer, meetingId, accept) =>
      ofViewer(viewer, {
        meetingId,
        allow: requireOpen,
        presence: (participant) => {
          // Who is there does not answer any more.
          if (participant.attendance === 'PRESENT') return participant;
          return { ...participant, attendance: accept ? 'ACCEPTED' : 'DECLINED' };
        },
      }),
    join: (viewer, meetingId) =>
      ofViewer(viewer, {
        meetingId,
        allow: requireLive,
        presence: (participant) => joined(participant, clock()),
        kind: 'PARTICIPANT_JOINED',
      }),
    leave: (viewer, meetingId) =>
      ofViewer(viewer, {
        meetingId,
        allow: requireLive,
        presence: (participant) => left(participant, clock()),
        kind: 'PARTICIPANT_LEFT',
      }),
    consent: (viewer, input) => {
      const { meetingId, consent } = decodeInput(consentInput, input);
      const presence = (participant: Participant): Presence => ({
        ...participant,
        recordingConsent: consent,
      });
      // Also after the meeting: who finds out too late that there is a recording may still refuse.
      return ofViewer(viewer, { meetingId, allow: () => undefined, presence });
    },
    set: (viewer, input) => {
      const { meetingId, participantId, state } = decodeInput(setAttendanceInput, input);
      return transact(async (tx) => {
        const meeting = await requireEditable(tx, viewer, meetingId);
        if (meeting.status === 'CANCELED') throw wrongState(meeting);
        const rows = await meetingRepository(tx, viewer.workspaceId).participantsOf([meetingId]);
        const participant = rows.find(({ id }) => id === participantId);
        if (participant === undefined) throw notFound('participant');
        const presence = (): Presence => ({ ...participant, attendance: state });
        return await store(tx, viewer, { meeting, participant, presence });
      });
    },
  };
}

async function requireParticipant(
  tx: EntityManager,
  viewer: UserViewer,
  meetingId: string,
): Promise<{ readonly meeting: Meeting; readonly participant: Participant }> {
  const meetings = meetingRepository(tx, viewer.workspaceId);
  const [visible] = await meetings.findVisible(viewer, [meetingId]);
  if (visible === undefined) throw notFound('meeting');
  const meeting = await meetings.findForUpdate(meetingId);
  if (meeting === null || meeting.deletingAt !== null) throw notFound('meeting');
  const participant = (await meetings.participantsOf([meetingId])).find(
    ({ userId }) => userId === viewer.userId,
  );
  if (participant === undefined)
    throw new AppError('FORBIDDEN', 'Only who takes part in the meeting may do this.', { logLevel: 'debug' });
  return { meeting, participant };
}

async function store(
  tx: EntityManager,
  viewer: UserViewer,
  change: Pick<Change, 'presence' | 'kind'> & {
    readonly meeting: Meeting;
    readonly participant: Participant;
  },
): Promise<Meeting> {
  const { meeting, participant, kind } = change;
  const { attendance, recordingConsent, joinedAt, leftAt } = change.presence(participant);
  const next = { ...participant, attendance, recordingConsent, joinedAt, leftAt };
  const unchanged =
    attendance === participant.attendance &&
    recordingConsent === participant.recordingConsent &&
    joinedAt === participant.joinedAt &&
    leftAt === participant.leftAt;
  if (unchanged) return meeting;
  await meetingRepository(tx, viewer.workspaceId).updateParticipant(next);
  return await commitChange(tx, viewer, {
    meeting,
    contract: meetingUpdated,
    ...(kind === undefined ? {} : { kind }),
  });
}

function requireOpen(meeting: Meeting): void {
  if (isClosed(meeting.status)) throw wrongState(meeting);
}

function requireLive(meeting: Meeting): void {
  if (meeting.status !== 'LIVE') throw wrongState(meeting);
}

function wrongState({ status }: Meeting): AppError {
  return new AppError('WRONG_STATE', `This cannot be done while the meeting is ${status}.`, {
    logLevel: 'debug',
  });
}
