import { maySeeMeeting } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import { type Cache, tenantKey } from '@hoerok/shared/cache';
import { type EntityManager, In } from 'typeorm';
import type { Template } from '../domain/template.ts';
import { MeetingSchema } from '../entities/meeting.entity.ts';
import { MeetingShareSchema } from '../entities/meeting-share.entity.ts';
import { ParticipantSchema } from '../entities/participant.entity.ts';
import { MEETINGS, type MeetingRecord, TEMPLATES } from './meeting-family.ts';
import { templateRepository } from './template-repository.ts';

/** Reads of one workspace that go through the cache; not for a transaction that writes. */
export interface CachedMeetings {
  /** Those among the ids that are there, whoever may see them. */
  readonly find: (ids: readonly string[]) => Promise<MeetingRecord[]>;
  readonly templates: () => Promise<readonly Template[]>;
}

/** Binds the reads to a workspace. */
export function cachedMeetings(
  { cache, manager }: { readonly cache: Cache; readonly manager: EntityManager },
  workspaceId: string,
): CachedMeetings {
  return {
    find: async (ids) => {
      const idOf = new Map(ids.map((id) => [tenantKey(workspaceId, id), id]));
      const found = await cache.readThrough(MEETINGS, [...idOf.keys()], async (missing) => {
        const records = await load(
          manager,
          workspaceId,
          missing.flatMap((key) => idOf.get(key) ?? []),
        );
        return new Map(records.map((record) => [tenantKey(workspaceId, record.meeting.id), record]));
      });
      return [...found.values()];
    },
    templates: async () => {
      const load = (): Promise<Template[]> => templateRepository(manager, workspaceId).list();
      const found = await cache.readThrough(
        TEMPLATES,
        [workspaceId],
        async () => new Map([[workspaceId, await load()]]),
      );
      return found.get(workspaceId) ?? [];
    },
  };
}

/** As `findVisible` of the repository decides it, for a record that may come from the cache. */
export function isVisible(viewer: Viewer, { meeting, participants, shares }: MeetingRecord): boolean {
  if (meeting.deletingAt !== null) return false;
  return maySeeMeeting(viewer, {
    organizerId: meeting.organizerId,
    participantUserIds: participants.flatMap(({ userId }) => userId ?? []),
    shares: shares.flatMap(({ userId, access, expiresAt }) => {
      return userId === null ? [] : [{ userId, access, expiresAt: expiresAt?.toISOString() ?? null }];
    }),
  });
}

async function load(
  manager: EntityManager,
  workspaceId: string,
  ids: readonly string[],
): Promise<MeetingRecord[]> {
  const meetings = await manager.findBy(MeetingSchema, { workspaceId, id: In([...ids]) });
  if (meetings.length === 0) return [];
  const meetingId = In(meetings.map(({ id }) => id));
  const [participants, shares] = await Promise.all([
    manager.find(ParticipantSchema, { where: { meetingId }, order: { position: 'ASC' } }),
    manager.find(MeetingShareSchema, { where: { workspaceId, meetingId }, order: { id: 'ASC' } }),
  ]);
  const participantsOf = Map.groupBy(participants, (participant) => participant.meetingId);
  const sharesOf = Map.groupBy(shares, (share) => share.meetingId);
  return meetings.map((meeting) => {
    const { id } = meeting;
    return { meeting, participants: participantsOf.get(id) ?? [], shares: sharesOf.get(id) ?? [] };
  });
}
