import {
  type CacheFamily,
  type GroupedFamily,
  markStale,
  rowFamilyName,
  rowSchema,
  tenantKey,
} from '@hoerok/shared/cache';
import { statisticsChanged } from '@hoerok/shared/statistics';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { type SectionVerdict, SectionVerdictSchema } from '../entities/section-verdict.entity.ts';
import { type Section, SectionSchema } from '../entities/section.entity.ts';
import { type Segment, SegmentSchema } from '../entities/segment.entity.ts';
import { type Speaker, SpeakerSchema } from '../entities/speaker.entity.ts';
import { type Transcript, TranscriptSchema } from '../entities/transcript.entity.ts';
import type { OwnedPage } from './owned-page.ts';
import type { VerificationCounts } from './transcript-repository.ts';

const HALF_AN_HOUR = 30 * 60;

/** Transcripts by {@link tenantKey} of their ids. */
export const TRANSCRIPTS: CacheFamily<Transcript> = {
  name: rowFamilyName('transcript', [TranscriptSchema]),
  ttlSeconds: HALF_AN_HOUR,
  schema: rowSchema(TranscriptSchema),
};

/** The current transcript by {@link tenantKey} of its meeting; null for a meeting without one. */
export const CURRENT_TRANSCRIPTS: CacheFamily<Transcript | null> = {
  name: rowFamilyName('current-transcript', [TranscriptSchema]),
  ttlSeconds: HALF_AN_HOUR,
  schema: rowSchema(TranscriptSchema).nullable(),
};

export const SEGMENTS: CacheFamily<Segment> = {
  name: rowFamilyName('segment', [SegmentSchema]),
  ttlSeconds: HALF_AN_HOUR,
  schema: rowSchema(SegmentSchema),
};

export const SPEAKERS: CacheFamily<Speaker> = {
  name: rowFamilyName('speaker', [SpeakerSchema]),
  ttlSeconds: HALF_AN_HOUR,
  schema: rowSchema(SpeakerSchema),
};

/** Every verdict on a section, oldest first, by {@link tenantKey} of the section. */
export const VERDICTS: CacheFamily<readonly SectionVerdict[]> = {
  name: rowFamilyName('verdicts', [SectionVerdictSchema]),
  ttlSeconds: HALF_AN_HOUR,
  schema: z.array(rowSchema(SectionVerdictSchema)),
};

/** What becomes old with any change of a transcript. */
const CONTENT = { name: 'transcript-content.v1' };

export const SECTION_PAGES: GroupedFamily<OwnedPage<Section>> = {
  name: rowFamilyName('section-page', [SectionSchema]),
  group: CONTENT,
  ttlSeconds: HALF_AN_HOUR,
  schema: z.object({ ownerId: z.string(), rows: z.array(rowSchema(SectionSchema)), total: z.number() }),
};

export const SEGMENT_PAGES: GroupedFamily<OwnedPage<Segment>> = {
  name: rowFamilyName('segment-page', [SegmentSchema]),
  group: CONTENT,
  ttlSeconds: HALF_AN_HOUR,
  schema: z.object({ ownerId: z.string(), rows: z.array(rowSchema(SegmentSchema)), total: z.number() }),
};

export const SPEAKER_LISTS: GroupedFamily<readonly Speaker[]> = {
  name: rowFamilyName('speakers', [SpeakerSchema]),
  group: CONTENT,
  ttlSeconds: HALF_AN_HOUR,
  schema: z.array(rowSchema(SpeakerSchema)),
};

/** Null for a transcript without sections. */
export const VERIFICATION: GroupedFamily<VerificationCounts | null> = {
  name: 'verification.v1',
  group: CONTENT,
  ttlSeconds: HALF_AN_HOUR,
  schema: z
    .object({
      transcriptId: z.string(),
      sections: z.number(),
      verified: z.number(),
      approved: z.number(),
      disputed: z.number(),
    })
    .nullable(),
};

/** For whoever changes a transcript or anything in it. */
export function transcriptChanged(
  tx: EntityManager,
  { workspaceId, id, meetingId }: Pick<Transcript, 'workspaceId' | 'id' | 'meetingId'>,
): void {
  markStale(tx, TRANSCRIPTS, [tenantKey(workspaceId, id)]);
  markStale(tx, CONTENT, [tenantKey(workspaceId, id)]);
  markStale(tx, CURRENT_TRANSCRIPTS, [tenantKey(workspaceId, meetingId)]);
  statisticsChanged(tx, workspaceId);
}

/** For whoever changes segments, beside {@link transcriptChanged}. */
export function segmentsChanged(tx: EntityManager, workspaceId: string, ids: readonly string[]): void {
  const keys = ids.map((id) => tenantKey(workspaceId, id));
  markStale(tx, SEGMENTS, keys);
}
