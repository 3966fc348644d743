import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `workspace`. */
export interface Workspace {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** Maps {@link Workspace}. */
export const WorkspaceSchema = new EntitySchema<Workspace>({
  name: 'Workspace',
  tableName: 'workspace',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'workspace_pkey' },
    name: { type: 'text' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  } satisfies Columns<Workspace>,
});
