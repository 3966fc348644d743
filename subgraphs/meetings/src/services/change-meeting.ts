import type { People } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { meetingCancelled, meetingEnded, meetingStarted, meetingUpdated } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { isClosed, type MeetingStep, statusAfter } from '../domain/meeting-status.ts';
import { newInvitations } from '../domain/participants.ts';
import { afterEnd } from '../domain/attendance.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MeetingEventKind } from '../generated/resolvers.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { announceMeeting, type MeetingContract } from './meeting-events.ts';
import { cancelMeetingInput, participantsInput, updateMeetingInput } from './meeting-input.ts';
import { agendaRows, participantRows } from './schedule-meeting.ts';

/**
 * Changes to a meeting by those who may edit it: its organizer, ADMIN and MANAGER. Each throws `NOT_FOUND` for a meeting
 * the viewer may not see, `FORBIDDEN` for one it may only see, `WRONG_STATE` when it is closed.
 */
export interface ChangeMeeting {
  readonly update: (viewer: UserViewer, input: unknown) => Promise<Meeting>;
  readonly start: (viewer: UserViewer, id: string) => Promise<Meeting>;
  readonly end: (viewer: UserViewer, id: string) => Promise<Meeting>;
  readonly cancel: (viewer: UserViewer, input: unknown) => Promise<Meeting>;
  readonly addParticipants: (
    viewer: UserViewer,
    meetingId: string,
    participants: unknown,
  ) => Promise<Meeting>;
  readonly removeParticipant: (
    viewer: UserViewer,
    meetingId: string,
    participantId: string,
  ) => Promise<Meeting>;
}

/** What the changes need. */
export interface ChangeMeetingDeps {
  readonly transact: Transact;
  readonly people: People;
  readonly clock: () => Date;
}

/** Builds {@link ChangeMeeting}. */
export function createChangeMeeting(deps: ChangeMeetingDeps): ChangeMeeting {
  const step = (
    viewer: UserViewer,
    id: string,
    kind: MeetingStep,
    extra: Partial<Meeting> = {},
  ): Promise<Meeting> =>
    deps.transact(async (tx) => {
      const meeting = await requireEditable(tx, viewer, id);
      const now = deps.clock();
      const status = statusAfter(meeting.status, kind, { isDue: meeting.scheduledStart <= now });
      if (status === null) return meeting;
      const stamped = {
        ...meeting,
        ...extra,
        status,
        [STAMP[kind]]: now,
        ...heldAsPlanned(meeting, kind, now),
      };
      if (kind === 'end') await closeAttendance(tx, meeting, now);
      return await commitChange(tx, viewer, { meeting: stamped, contract: CONTRACT[kind] });
    });
  return {
    start: (viewer, id) => step(viewer, id, 'start'),
    end: (viewer, id) => step(viewer, id, 'end'),
    cancel: (viewer, input) => {
      const { id, reason } = decodeInput(cancelMeetingInput, input);
      return step(viewer, id, 'cancel', { cancelReason: reason ?? null });
    },
    update: (viewer, input) => updateMeeting(deps, viewer, input),
    addParticipants: (viewer, meetingId, participants) =>
      addParticipants(deps, viewer, { meetingId, participants }),
    removeParticipant: (viewer, meetingId, participantId) =>
      removeParticipant(deps, viewer, { meetingId, participantId }),
  };
}

const STAMP = { start: 'startedAt', end: 'endedAt', cancel: 'canceledAt' } as const;
const CONTRACT: Readonly<Record<MeetingStep, MeetingContract>> = {
  start: meetingStarted,
  end: meetingEnded,
  cancel: meetingCancelled,
};

/** A meeting that nobody started and somebody ends was held when it was planned: its dates are meant from then. */
function heldAsPlanned(meeting: Meeting, kind: MeetingStep, now: Date): Partial<Meeting> {
  const { status, scheduledStart, scheduledEnd } = meeting;
  if (kind !== 'end' || status !== 'SCHEDULED') return {};
  const endedAt = scheduledEnd ?? scheduledStart;
  return { startedAt: scheduledStart, endedAt: endedAt < now ? endedAt : now };
}

async function updateMeeting(deps: ChangeMeetingDeps, viewer: UserViewer, input: unknown): Promise<Meeting> {
  const { id, expectedRevision, agenda, title, scheduledStart, autoAcceptActionItems, ...optional } =
    decodeInput(updateMeetingInput, input);
  return await deps.transact(async (tx) => {
    const meeting = await requireOpen(tx, viewer, id);
    if (meeting.revision !== expectedRevision) {
      throw new AppError(
        'CONFLICT',
        `The meeting has changed: it is at revision ${meeting.revision}, not ${expectedRevision}.`,
        {
          logLevel: 'debug',
          extensions: { path: ['expectedRevision'], currentRevision: meeting.revision },
        },
      );
    }
    const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
    const changed: Meeting = {
      ...meeting,
      ...given,
      title: title ?? meeting.title,
      scheduledStart: scheduledStart ?? meeting.scheduledStart,
      autoAcceptActionItems: autoAcceptActionItems ?? meeting.autoAcceptActionItems,
    };
    requireEndAfterStart(changed);
    if (agenda != null)
      await meetingRepository(tx, viewer.workspaceId).replaceAgenda(id, agendaRows(id, agenda));
    return await commitChange(tx, viewer, { meeting: changed, contract: meetingUpdated });
  });
}

/** The input says it of both times when it has both; one alone is held against what is stored. */
function requireEndAfterStart({ scheduledStart, scheduledEnd }: Meeting): void {
  if (scheduledEnd === null || scheduledEnd > scheduledStart) return;
  throw new AppError(
    'BAD_INPUT',
    'scheduledEnd: must be after scheduledStart; give both to move a meeting.',
    {
      logLevel: 'debug',
      extensions: { path: ['scheduledEnd'] },
    },
  );
}

async function addParticipants(
  deps: ChangeMeetingDeps,
  viewer: UserViewer,
  change: { readonly meetingId: string; readonly participants: unknown },
): Promise<Meeting> {
  const invited = decodeInput(participantsInput, change.participants);
  await deps.people.requireUsers(
    viewer.workspaceId,
    invited.flatMap(({ userId }) => userId ?? []),
    ['participants', 'userId'],
  );
  return await deps.transact(async (tx) => {
    const meeting = await requireOpen(tx, viewer, change.meetingId);
    const meetings = meetingRepository(tx, viewer.workspaceId);
    const current = await meetings.participantsOf([meeting.id]);
    const fresh = newInvitations(current, invited);
    if (fresh.length === 0) return meeting;
    const nextPosition = Math.max(...current.map(({ position }) => position)) + 1;
    await meetings.addParticipants(participantRows(meeting.id, fresh, nextPosition));
    return await commitChange(tx, viewer, { meeting, contract: meetingUpdated });
  });
}

async function removeParticipant(
  deps: ChangeMeetingDeps,
  viewer: UserViewer,
  change: { readonly meetingId: string; readonly participantId: string },
): Promise<Meeting> {
  return await deps.transact(async (tx) => {
    const meeting = await requireOpen(tx, viewer, change.meetingId);
    const meetings = meetingRepository(tx, viewer.workspaceId);
    const participants = await meetings.participantsOf([meeting.id]);
    const leaving = participants.find(({ id }) => id === change.participantId);
    if (leaving === undefined) throw notFound('participant');
    if (leaving.role === 'ORGANIZER')
      throw new AppError('WRONG_STATE', 'The organizer cannot be removed.', { logLevel: 'debug' });
    await meetings.removeParticipant(leaving.id);
    return await commitChange(tx, viewer, { meeting, contract: meetingUpdated });
  });
}

async function closeAttendance(tx: EntityManager, meeting: Meeting, now: Date): Promise<void> {
  const meetings = meetingRepository(tx, meeting.workspaceId);
  for (const participant of await meetings.participantsOf([meeting.id]))
    await meetings.updateParticipant({ ...participant, ...afterEnd(participant, now) });
}

/**
 * The meeting, locked, for who may edit it.
 * @throws AppError `NOT_FOUND`, `FORBIDDEN`.
 */
export async function requireEditable(tx: EntityManager, viewer: UserViewer, id: string): Promise<Meeting> {
  const meetings = meetingRepository(tx, viewer.workspaceId);
  const [visible] = await meetings.findVisible(viewer, [id]);
  if (visible === undefined) throw notFound('meeting');
  if (!mayEdit(viewer, visible)) {
    throw new AppError('FORBIDDEN', 'Only the organizer, a MANAGER or an ADMIN may change this meeting.', {
      logLevel: 'debug',
    });
  }
  const locked = await meetings.findForUpdate(id);
  if (locked === null || locked.deletingAt !== null) throw notFound('meeting');
  return locked;
}

async function requireOpen(tx: EntityManager, viewer: UserViewer, id: string): Promise<Meeting> {
  const meeting = await requireEditable(tx, viewer, id);
  if (isClosed(meeting.status)) {
    throw new AppError('WRONG_STATE', `A meeting that is ${meeting.status} cannot be changed.`, {
      logLevel: 'debug',
    });
  }
  return meeting;
}

/** True for the organizer, ADMIN and MANAGER. */
export function mayEdit(viewer: UserViewer, meeting: Meeting): boolean {
  return meeting.organizerId === viewer.userId || viewer.role === 'ADMIN' || viewer.role === 'MANAGER';
}

/** Stores a meeting with its next revision and tells of it; inside the transaction that holds its row. */
export async function commitChange(
  tx: EntityManager,
  viewer: Pick<UserViewer, 'workspaceId' | 'userId'>,
  change: {
    readonly meeting: Meeting;
    readonly contract: MeetingContract;
    readonly kind?: MeetingEventKind;
  },
): Promise<Meeting> {
  const { contract, ...rest } = change;
  const meeting = { ...change.meeting, revision: change.meeting.revision + 1 };
  await meetingRepository(tx, viewer.workspaceId).update(meeting);
  await announceMeeting(tx, contract, { ...rest, meeting, actorId: viewer.userId });
  return meeting;
}

/** There is no such thing, or none that the viewer may see. */
export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `There is no such ${what}, or you do not take part in it.`, {
    logLevel: 'debug',
  });
}
