import { maySeeMeeting } from '@hoerok/shared/access';
import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import { holdName } from '@hoerok/shared/database';
import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, In, IsNull } from 'typeorm';
import { type AgendaItem, AgendaItemSchema } from '../entities/agenda-item.entity.ts';
import { type Meeting, MeetingSchema } from '../entities/meeting.entity.ts';
import { type Participant, ParticipantSchema } from '../entities/participant.entity.ts';
import { listMeetings, type MeetingFilter } from './list-meetings.ts';
import { meetingChanged } from './meeting-family.ts';
import { shareRepository } from './share-repository.ts';

/** Meetings of one workspace; nothing outside of it can be read or written through it. */
export interface MeetingRepository {
  /** Locks the row until the transaction ends; also of one that is being deleted. */
  readonly findForUpdate: (id: string) => Promise<Meeting | null>;
  /** Until the transaction ends nobody else schedules a meeting by the same id. */
  readonly findByClientMutation: (organizerId: string, clientMutationId: string) => Promise<Meeting | null>;
  /** Whoever may see them; none that is being deleted. */
  readonly findMany: (ids: readonly string[]) => Promise<Meeting[]>;
  /** Those among the ids that the viewer may see. */
  readonly findVisible: (viewer: Viewer, ids: readonly string[]) => Promise<Meeting[]>;
  /** One that the viewer may see, or might if it were not being deleted. */
  readonly findDeletable: (viewer: Viewer, id: string) => Promise<Meeting | undefined>;
  /** Newest start first; up to `page.limit + 1` rows and the count of all. */
  readonly list: (
    viewer: Viewer,
    filter: MeetingFilter,
    page: Page,
  ) => Promise<{ rows: Meeting[]; total: number }>;
  readonly insert: (meeting: Meeting) => Promise<void>;
  readonly update: (meeting: Meeting) => Promise<void>;
  /** With participants and agenda. */
  readonly delete: (id: string) => Promise<void>;
  readonly participantsOf: (meetingIds: readonly string[]) => Promise<Participant[]>;
  readonly addParticipants: (participants: readonly Participant[]) => Promise<void>;
  readonly updateParticipant: (participant: Participant) => Promise<void>;
  /** Its meeting is to be updated in the same transaction. */
  readonly removeParticipant: (id: string) => Promise<void>;
  readonly agendaOf: (meetingIds: readonly string[]) => Promise<AgendaItem[]>;
  readonly replaceAgenda: (meetingId: string, items: readonly AgendaItem[]) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function meetingRepository(tx: EntityManager, workspaceId: string): MeetingRepository {
  const seenBy = (viewer: Viewer, ids: readonly string[]): Promise<Meeting[]> =>
    findSeenBy(tx, viewer, { workspaceId, ids });
  return {
    findForUpdate: (id) =>
      tx.findOne(MeetingSchema, { where: { id, workspaceId }, lock: { mode: 'pessimistic_write' } }),
    findByClientMutation: async (organizerId, clientMutationId) => {
      await holdName(tx, `meeting of ${organizerId}: ${clientMutationId}`);
      return await tx.findOneBy(MeetingSchema, { workspaceId, organizerId, clientMutationId });
    },
    findMany: (ids) => tx.findBy(MeetingSchema, { workspaceId, id: In([...ids]), deletingAt: IsNull() }),
    findVisible: async (viewer, ids) =>
      (await seenBy(viewer, ids)).filter(({ deletingAt }) => deletingAt === null),
    findDeletable: async (viewer, id) => (await seenBy(viewer, [id]))[0],
    list: (viewer, filter, page) => listMeetings(tx, { workspaceId, viewer, filter, page }),
    insert: async (meeting) => void (await tx.insert(MeetingSchema, meeting)),
    delete: async (id) => {
      meetingChanged(tx, workspaceId, id);
      await tx.delete(MeetingSchema, { id, workspaceId });
    },
    update: async (meeting) => {
      meetingChanged(tx, workspaceId, meeting.id);
      await tx.update(MeetingSchema, { id: meeting.id, workspaceId }, meeting);
    },
    participantsOf: (meetingIds) =>
      tx.find(ParticipantSchema, { where: { meetingId: In([...meetingIds]) }, order: { position: 'ASC' } }),
    addParticipants: async (participants) => void (await tx.insert(ParticipantSchema, [...participants])),
    updateParticipant: async (participant) => {
      meetingChanged(tx, workspaceId, participant.meetingId);
      await tx.update(ParticipantSchema, { id: participant.id }, participant);
    },
    removeParticipant: async (id) => void (await tx.delete(ParticipantSchema, { id })),
    agendaOf: (meetingIds) =>
      tx.find(AgendaItemSchema, { where: { meetingId: In([...meetingIds]) }, order: { position: 'ASC' } }),
    replaceAgenda: async (meetingId, items) => {
      await tx.delete(AgendaItemSchema, { meetingId });
      if (items.length > 0) await tx.insert(AgendaItemSchema, [...items]);
    },
  };
}

/** Also those that are being deleted. */
async function findSeenBy(
  tx: EntityManager,
  viewer: Viewer,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: readonly string[] },
): Promise<Meeting[]> {
  const meetings = await tx.findBy(MeetingSchema, { workspaceId, id: In([...ids]) });
  if (meetings.length === 0 || seesWholeWorkspace(viewer)) return meetings;
  const found = meetings.map(({ id }) => id);
  const participants = await tx.findBy(ParticipantSchema, { meetingId: In(found) });
  const held = await shareRepository(tx, workspaceId).heldBy(viewer, found);
  const shared = new Set(held.map(({ meetingId }) => meetingId));
  return meetings.filter((meeting) => {
    if (shared.has(meeting.id)) return true;
    const participantUserIds = participants
      .filter(({ meetingId, userId }) => meetingId === meeting.id && userId !== null)
      .map(({ userId }) => userId ?? '');
    return maySeeMeeting(viewer, { organizerId: meeting.organizerId, participantUserIds });
  });
}
