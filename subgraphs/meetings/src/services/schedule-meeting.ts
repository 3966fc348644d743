import { randomUUIDv7 } from 'node:crypto';
import type { People } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { meetingCreated } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { NEW_PRESENCE } from '../domain/attendance.ts';
import { type Invitation, newInvitations } from '../domain/participants.ts';
import { BUILT_IN_TEMPLATES, type Template } from '../domain/template.ts';
import type { AgendaItem } from '../entities/agenda-item.entity.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { Participant } from '../entities/participant.entity.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { templateRepository } from '../repositories/template-repository.ts';
import { announceMeeting } from './meeting-events.ts';
import { createMeetingInput } from './meeting-input.ts';

type Input = z.output<typeof createMeetingInput>;

const MINUTE_MS = 60_000;

/**
 * Schedules a meeting whose organizer is the viewer. Idempotent by `clientMutationId`.
 * @throws AppError `BAD_INPUT`; `FORBIDDEN` for a GUEST; `NOT_FOUND` for an unknown template; `WRONG_STATE` while the meeting of that id is being deleted.
 */
export function createScheduleMeeting(deps: {
  readonly transact: Transact;
  readonly people: People;
}): (viewer: UserViewer, input: unknown) => Promise<Meeting> {
  return async (viewer, input) => {
    const wanted = decodeInput(createMeetingInput, input);
    if (viewer.role === 'GUEST')
      throw new AppError('FORBIDDEN', 'A guest cannot schedule meetings.', { logLevel: 'debug' });
    const invited = wanted.participants ?? [];
    await deps.people.requireUsers(
      viewer.workspaceId,
      invited.flatMap(({ userId }) => userId ?? []),
      ['participants', 'userId'],
    );
    return await deps.transact(async (tx) => {
      const meetings = meetingRepository(tx, viewer.workspaceId);
      const known =
        wanted.clientMutationId == null
          ? null
          : await meetings.findByClientMutation(viewer.userId, wanted.clientMutationId);
      if (known !== null) return requireShown(known);
      const template = await findTemplate(tx, viewer.workspaceId, wanted.templateId ?? null);
      const meeting = newMeeting(viewer, wanted, template);
      const organizer: Invitation = {
        userId: viewer.userId,
        email: null,
        displayName: null,
        role: 'ORGANIZER',
      };
      await meetings.insert(meeting);
      await meetings.addParticipants(
        participantRows(meeting.id, [organizer, ...newInvitations([organizer], invited)], 0),
      );
      await meetings.replaceAgenda(
        meeting.id,
        agendaRows(meeting.id, wanted.agenda ?? template?.agenda ?? []),
      );
      await announceMeeting(tx, meetingCreated, { meeting, actorId: viewer.userId });
      return meeting;
    });
  };
}

/** Rows for invitations, behind the `offset` participants that are there. */
export function participantRows(
  meetingId: string,
  invitations: readonly Invitation[],
  offset: number,
): Participant[] {
  return invitations.map((invitation, index) => ({
    ...invitation,
    ...NEW_PRESENCE,
    attendance: invitation.role === 'ORGANIZER' ? 'ACCEPTED' : NEW_PRESENCE.attendance,
    id: randomUUIDv7(),
    meetingId,
    position: offset + index,
  }));
}

/** Rows for the titles of an agenda. */
export function agendaRows(meetingId: string, titles: readonly string[]): AgendaItem[] {
  return titles.map((title, position) => ({
    id: randomUUIDv7(),
    meetingId,
    position,
    title,
    minutes: null,
    ownerId: null,
  }));
}

function requireShown(meeting: Meeting): Meeting {
  if (meeting.deletingAt === null) return meeting;
  throw new AppError('WRONG_STATE', 'The meeting of this clientMutationId is being deleted.', {
    logLevel: 'debug',
    extensions: { path: ['clientMutationId'] },
  });
}

async function findTemplate(
  tx: EntityManager,
  workspaceId: string,
  id: string | null,
): Promise<Template | null> {
  if (id === null) return null;
  const templates = [...BUILT_IN_TEMPLATES, ...(await templateRepository(tx, workspaceId).list())];
  const template = templates.find((candidate) => candidate.id === id);
  if (template !== undefined) return template;
  throw new AppError('NOT_FOUND', 'There is no such template.', {
    logLevel: 'debug',
    extensions: { path: ['templateId'] },
  });
}

function newMeeting(viewer: UserViewer, input: Input, template: Template | null): Meeting {
  const templateEnd =
    template === null ? null : new Date(input.scheduledStart.getTime() + template.defaultMinutes * MINUTE_MS);
  return {
    id: randomUUIDv7(),
    workspaceId: viewer.workspaceId,
    title: input.title,
    description: input.description ?? null,
    status: 'SCHEDULED',
    language: input.language ?? 'en',
    scheduledStart: input.scheduledStart,
    scheduledEnd: input.scheduledEnd ?? templateEnd,
    timeZone: input.timeZone,
    startedAt: null,
    endedAt: null,
    canceledAt: null,
    cancelReason: null,
    organizerId: viewer.userId,
    templateId: template?.id ?? null,
    verificationPolicy: input.verificationPolicy ?? template?.verificationPolicy ?? 'ORGANIZER',
    autoAcceptActionItems: input.autoAcceptActionItems ?? false,
    location: input.location ?? null,
    revision: 1,
    clientMutationId: input.clientMutationId ?? null,
    transcriptReadyAt: null,
    minutesReadyAt: null,
    deletingAt: null,
  };
}
