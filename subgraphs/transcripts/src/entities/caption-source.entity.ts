import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `caption_source`: the raw captions of an import, or the place kept for an upload. */
export interface CaptionSource {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  /** Null for captions that came inside the mutation. */
  readonly filename: string | null;
  readonly mimeType: string | null;
  /** As they came, undecoded; null while the upload is awaited. */
  readonly content: Buffer | null;
  /** When an import took it: from then on the content stays. */
  readonly importedAt: Date | null;
}

/** Maps {@link CaptionSource}. */
export const CaptionSourceSchema = new EntitySchema<CaptionSource>({
  name: 'CaptionSource',
  tableName: 'caption_source',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'caption_source_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: { type: 'text', name: 'meeting_id' },
    createdBy: { type: 'text', name: 'created_by' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    filename: { type: 'text', nullable: true },
    mimeType: { type: 'text', name: 'mime_type', nullable: true },
    content: { type: 'bytea', nullable: true },
    importedAt: { type: 'timestamptz', name: 'imported_at', nullable: true },
  } satisfies Columns<CaptionSource>,
  indices: [
    { name: 'caption_source_age', columns: ['workspaceId', 'createdAt'] },
    { name: 'caption_source_by_meeting', columns: ['meetingId'] },
  ],
});
