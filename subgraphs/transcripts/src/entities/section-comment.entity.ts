import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `section_comment`. */
export interface SectionComment {
  /** Rises with time. */
  readonly id: string;
  readonly workspaceId: string;
  readonly sectionId: string;
  /** The segment it is about; null for the section as a whole. */
  readonly segmentId: string | null;
  readonly text: string;
  /** Revision of the section that was read. */
  readonly revision: number;
  readonly authorId: string;
  readonly at: Date;
  readonly resolvedBy: string | null;
  readonly resolvedAt: Date | null;
}

/** Maps {@link SectionComment}. */
export const SectionCommentSchema = new EntitySchema<SectionComment>({
  name: 'SectionComment',
  tableName: 'section_comment',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'section_comment_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    sectionId: {
      type: 'text',
      name: 'section_id',
      foreignKey: { target: 'Section', name: 'section_comment_section', onDelete: 'CASCADE' },
    },
    segmentId: {
      type: 'text',
      name: 'segment_id',
      nullable: true,
      foreignKey: { target: 'Segment', name: 'section_comment_segment', onDelete: 'CASCADE' },
    },
    text: { type: 'text' },
    revision: { type: 'integer' },
    authorId: { type: 'text', name: 'author_id' },
    at: { type: 'timestamptz' },
    resolvedBy: { type: 'text', name: 'resolved_by', nullable: true },
    resolvedAt: { type: 'timestamptz', name: 'resolved_at', nullable: true },
  } satisfies Columns<SectionComment>,
  indices: [
    { name: 'section_comment_place', columns: ['sectionId', 'id'] },
    { name: 'section_comment_by_segment', columns: ['segmentId'], where: 'segment_id IS NOT NULL' },
  ],
});
