import { maySeeMeeting } from '@hoerok/shared/access';
import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import type { Page } from '@hoerok/shared/graphql';
import { Brackets, type EntityManager, In, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { MeetingStatus } from '../domain/meeting-status.ts';
import { type AgendaItem, AgendaItemSchema } from '../entities/agenda-item.entity.ts';
import { type Meeting, MeetingSchema } from '../entities/meeting.entity.ts';
import { type Participant, ParticipantSchema } from '../entities/participant.entity.ts';

/** Which meetings to list; all conditions hold. */
export interface MeetingFilter {
  readonly text?: string | undefined;
  readonly status?: readonly MeetingStatus[] | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Only meetings this user takes part in. */
  readonly participantId?: string | undefined;
}

/** Meetings of one workspace; nothing outside of it can be read or written through it. */
export interface MeetingRepository {
  /** Locks the row until the transaction ends; also of one that is being deleted. */
  readonly findForUpdate: (id: string) => Promise<Meeting | null>;
  readonly findByClientMutation: (organizerId: string, clientMutationId: string) => Promise<Meeting | null>;
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
  readonly removeParticipant: (id: string) => Promise<void>;
  readonly agendaOf: (meetingIds: readonly string[]) => Promise<AgendaItem[]>;
  readonly replaceAgenda: (meetingId: string, items: readonly AgendaItem[]) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function meetingRepository(tx: EntityManager, workspaceId: string): MeetingRepository {
  const seenBy = async (viewer: Viewer, ids: readonly string[]): Promise<Meeting[]> => {
    const meetings = await tx.findBy(MeetingSchema, { workspaceId, id: In([...ids]) });
    if (meetings.length === 0 || seesWholeWorkspace(viewer)) return meetings;
    const participants = await tx.findBy(ParticipantSchema, {
      meetingId: In(meetings.map(({ id }) => id)),
    });
    return meetings.filter((meeting) => {
      const participantUserIds = participants
        .filter(({ meetingId, userId }) => meetingId === meeting.id && userId !== null)
        .map(({ userId }) => userId ?? '');
      return maySeeMeeting(viewer, { organizerId: meeting.organizerId, participantUserIds });
    });
  };
  return {
    findForUpdate: (id) =>
      tx.findOne(MeetingSchema, { where: { id, workspaceId }, lock: { mode: 'pessimistic_write' } }),
    findByClientMutation: (organizerId, clientMutationId) =>
      tx.findOneBy(MeetingSchema, { workspaceId, organizerId, clientMutationId }),
    findVisible: async (viewer, ids) =>
      (await seenBy(viewer, ids)).filter(({ deletingAt }) => deletingAt === null),
    findDeletable: async (viewer, id) => (await seenBy(viewer, [id]))[0],
    list: async (viewer, filter, page) => {
      const query = restrict(
        tx.createQueryBuilder(MeetingSchema, 'm').where({ workspaceId, deletingAt: IsNull() }),
        viewer,
        filter,
      );
      const total = await query.getCount();
      if (page.after !== undefined) {
        const [start, id] = page.after;
        query.andWhere('(m.scheduledStart, m.id) < (:start::timestamptz, :id)', { start, id });
      }
      query.orderBy({ 'm.scheduledStart': 'DESC', 'm.id': 'DESC' }).take(page.limit + 1);
      return { rows: await query.getMany(), total };
    },
    insert: async (meeting) => void (await tx.insert(MeetingSchema, meeting)),
    delete: async (id) => void (await tx.delete(MeetingSchema, { id, workspaceId })),
    update: async (meeting) =>
      void (await tx.update(MeetingSchema, { id: meeting.id, workspaceId }, meeting)),
    participantsOf: (meetingIds) =>
      tx.find(ParticipantSchema, { where: { meetingId: In([...meetingIds]) }, order: { position: 'ASC' } }),
    addParticipants: async (participants) => void (await tx.insert(ParticipantSchema, [...participants])),
    removeParticipant: async (id) => void (await tx.delete(ParticipantSchema, { id })),
    agendaOf: (meetingIds) =>
      tx.find(AgendaItemSchema, { where: { meetingId: In([...meetingIds]) }, order: { position: 'ASC' } }),
    replaceAgenda: async (meetingId, items) => {
      await tx.delete(AgendaItemSchema, { meetingId });
      if (items.length > 0) await tx.insert(AgendaItemSchema, [...items]);
    },
  };
}

function restrict(
  query: SelectQueryBuilder<Meeting>,
  viewer: Viewer,
  filter: MeetingFilter,
): SelectQueryBuilder<Meeting> {
  if (viewer.kind === 'user' && !seesWholeWorkspace(viewer)) restrictTo(query, 'viewer', viewer.userId);
  if (filter.participantId !== undefined) restrictTo(query, 'person', filter.participantId);
  if (filter.text !== undefined)
    query.andWhere("m.title ILIKE '%' || :text || '%'", { text: escapeLike(filter.text) });
  if (filter.status !== undefined) query.andWhere('m.status IN (:...status)', { status: filter.status });
  if (filter.from !== undefined) query.andWhere('m.scheduledStart >= :from', { from: filter.from });
  if (filter.to !== undefined) query.andWhere('m.scheduledStart < :to', { to: filter.to });
  return query;
}

function restrictTo(query: SelectQueryBuilder<Meeting>, parameter: string, userId: string): void {
  query.andWhere(
    new Brackets((either) => {
      either
        .where(`m.organizerId = :${parameter}`)
        .orWhere(
          `EXISTS (SELECT 1 FROM participant p WHERE p.meeting_id = m.id AND p.user_id = :${parameter})`,
        );
    }),
    { [parameter]: userId },
  );
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}
