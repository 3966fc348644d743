import { type CacheFamily, markStale, rowFamilyName, rowSchema, tenantKey } from '@hoerok/shared/cache';
import { statisticsChanged } from '@hoerok/shared/statistics';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { Template } from '../domain/template.ts';
import { type Meeting, MeetingSchema } from '../entities/meeting.entity.ts';
import { type MeetingShare, MeetingShareSchema } from '../entities/meeting-share.entity.ts';
import { MeetingTemplateSchema } from '../entities/meeting-template.entity.ts';
import { type Participant, ParticipantSchema } from '../entities/participant.entity.ts';

/** A meeting with those who may see it; whoever reads one checks that its viewer is among them. */
export interface MeetingRecord {
  readonly meeting: Meeting;
  /** By position. */
  readonly participants: readonly Participant[];
  /** The oldest first, with users and by link, also those that have run out. */
  readonly shares: readonly MeetingShare[];
}

/** Cached meetings, by {@link tenantKey}. */
export const MEETINGS: CacheFamily<MeetingRecord> = {
  name: rowFamilyName('meeting', [MeetingSchema, ParticipantSchema, MeetingShareSchema]),
  ttlSeconds: 10 * 60,
  schema: z.object({
    meeting: rowSchema(MeetingSchema),
    participants: z.array(rowSchema(ParticipantSchema)),
    shares: z.array(rowSchema(MeetingShareSchema)),
  }),
  // Some three hundred people: reading one would cost more than asking for what is wanted of it.
  maxChars: 131_072,
};

const template: z.ZodType<Template> = z.object({
  id: z.string(),
  name: z.string(),
  agenda: z.array(z.string()),
  defaultMinutes: z.number(),
  verificationPolicy: z.enum(['NONE', 'ORGANIZER', 'QUORUM', 'ALL_PRESENT']),
  builtIn: z.boolean(),
});

/** Cached templates that a workspace saved, by the workspace. */
export const TEMPLATES: CacheFamily<readonly Template[]> = {
  name: rowFamilyName('templates', [MeetingTemplateSchema]),
  ttlSeconds: 60 * 60,
  schema: z.array(template),
};

/** For whoever writes a row that {@link MeetingRecord} is made of. */
export function meetingChanged(tx: EntityManager, workspaceId: string, id: string): void {
  markStale(tx, MEETINGS, [tenantKey(workspaceId, id)]);
  statisticsChanged(tx, workspaceId);
}
