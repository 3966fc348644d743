import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, In, MoreThan } from 'typeorm';
import { type SegmentEdit, SegmentEditSchema } from '../entities/segment-edit.entity.ts';
import type { OwnedPage } from './owned-page.ts';
import { type OwnedTable, pagesOfOwners } from './pages-of-owners.ts';

/** Accepted edits of one workspace; nothing outside of it can be read or written through it. */
export interface SegmentEditRepository {
  /** Edits of these segments that came after a revision of their section, oldest first. */
  readonly since: (segmentIds: readonly string[], sectionRevision: number) => Promise<SegmentEdit[]>;
  /** The same page of several segments, oldest first. */
  readonly pagesOf: (segmentIds: readonly string[], page: Page) => Promise<OwnedPage<SegmentEdit>[]>;
  readonly insert: (edits: readonly SegmentEdit[]) => Promise<void>;
  /** For a speaker who turned out to be another one. */
  readonly replaceSpeaker: (
    transcriptId: string,
    speaker: { readonly from: string; readonly into: string },
  ) => Promise<void>;
}

const OF_SEGMENTS: OwnedTable<SegmentEdit> = {
  schema: SegmentEditSchema,
  table: 'segment_edit',
  ownerColumn: 'segment_id',
  ownerOf: ({ segmentId }) => segmentId,
  placeColumn: 'revision',
  placeType: 'integer',
  placeField: 'revision',
};

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function segmentEditRepository(tx: EntityManager, workspaceId: string): SegmentEditRepository {
  return {
    since: (segmentIds, sectionRevision) =>
      tx.find(SegmentEditSchema, {
        where: { workspaceId, segmentId: In([...segmentIds]), sectionRevision: MoreThan(sectionRevision) },
        order: { revision: 'ASC' },
      }),
    pagesOf: (ownerIds, page) => pagesOfOwners(tx, OF_SEGMENTS, { workspaceId, ownerIds, page }),
    insert: async (edits) => void (await tx.insert(SegmentEditSchema, [...edits])),
    replaceSpeaker: async (transcriptId, { from, into }) => {
      const ofTranscript = { workspaceId, transcriptId };
      await tx.update(SegmentEditSchema, { ...ofTranscript, speakerBefore: from }, { speakerBefore: into });
      await tx.update(SegmentEditSchema, { ...ofTranscript, speakerAfter: from }, { speakerAfter: into });
    },
  };
}
