import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `section_editor`: this user has edited this section of a transcript. */
export interface SectionEditor {
  readonly sectionId: string;
  readonly userId: string;
  readonly meetingId: string;
  readonly workspaceId: string;
}

/** Maps {@link SectionEditor}. */
export const SectionEditorSchema = new EntitySchema<SectionEditor>({
  name: 'SectionEditor',
  tableName: 'section_editor',
  columns: {
    sectionId: {
      type: 'text',
      name: 'section_id',
      primary: true,
      primaryKeyConstraintName: 'section_editor_pkey',
    },
    userId: { type: 'text', name: 'user_id', primary: true, primaryKeyConstraintName: 'section_editor_pkey' },
    meetingId: { type: 'text', name: 'meeting_id' },
    workspaceId: { type: 'text', name: 'workspace_id' },
  } satisfies Columns<SectionEditor>,
  indices: [{ name: 'section_editor_by_meeting', columns: ['meetingId'] }],
});
