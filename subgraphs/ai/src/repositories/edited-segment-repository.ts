import { type EntityManager, In } from 'typeorm';
import { type EditedSegment, EditedSegmentSchema } from '../entities/edited-segment.entity.ts';

/** Edited segments of the transcripts of one workspace. */
export interface EditedSegmentRepository {
  readonly find: (ids: readonly string[]) => Promise<EditedSegment[]>;
  /** Notes how far segments are; an older revision never replaces a newer one. */
  readonly remember: (
    meetingId: string,
    segments: readonly { readonly id: string; readonly revision: number }[],
  ) => Promise<void>;
  readonly deleteOfMeeting: (meetingId: string) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function editedSegmentRepository(tx: EntityManager, workspaceId: string): EditedSegmentRepository {
  return {
    find: (ids) => tx.findBy(EditedSegmentSchema, { workspaceId, id: In([...ids]) }),
    remember: async (meetingId, segments) => {
      if (segments.length === 0) return;
      // In one order, so that two events that share segments do not wait for one another.
      const sorted = segments.toSorted((left, right) => left.id.localeCompare(right.id));
      await tx.query(
        `INSERT INTO edited_segment (id, workspace_id, meeting_id, revision)
         SELECT id, $1, $2, revision FROM unnest($3::text[], $4::int[]) AS edited (id, revision)
         ON CONFLICT (id) DO UPDATE SET revision = excluded.revision
           WHERE excluded.revision > edited_segment.revision`,
        [workspaceId, meetingId, sorted.map(({ id }) => id), sorted.map(({ revision }) => revision)],
      );
    },
    deleteOfMeeting: async (meetingId) =>
      void (await tx.delete(EditedSegmentSchema, { workspaceId, meetingId })),
  };
}
