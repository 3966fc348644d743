import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `doomed_file`: a file whose recording is gone, and that is to be deleted. */
export interface DoomedFile {
  /** Of the recording. */
  readonly id: string;
  readonly storageState: string;
  /** Not before: until then a request that was writing may still write. */
  readonly dueAt: Date;
}

/** Maps {@link DoomedFile}. */
export const DoomedFileSchema = new EntitySchema<DoomedFile>({
  name: 'DoomedFile',
  tableName: 'doomed_file',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'doomed_file_pkey' },
    storageState: { type: 'text', name: 'storage_state' },
    dueAt: { type: 'timestamptz', name: 'due_at' },
  } satisfies Columns<DoomedFile>,
  indices: [{ name: 'doomed_file_due', columns: ['dueAt'] }],
});
