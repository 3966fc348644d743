import type { Role } from '@hoerok/shared/auth';
import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `user_account`: what others may know of a person. The password lives in `credential`. */
export interface User {
  readonly id: string;
  readonly workspaceId: string;
  /** Lower case, unique in the whole system. */
  readonly email: string;
  readonly name: string;
  readonly avatarUrl: string | null;
  readonly locale: string;
  readonly timeZone: string;
  readonly role: Role;
  readonly title: string | null;
  readonly department: string | null;
  readonly active: boolean;
  readonly aliases: string[];
  readonly revision: number;
  readonly createdAt: Date;
}

/** Maps {@link User}; `user` itself is a reserved word of SQL. */
export const UserSchema = new EntitySchema<User>({
  name: 'User',
  tableName: 'user_account',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'user_account_pkey' },
    workspaceId: {
      type: 'text',
      name: 'workspace_id',
      foreignKey: { target: 'Workspace', name: 'user_account_workspace' },
    },
    email: { type: 'text' },
    name: { type: 'text' },
    avatarUrl: { type: 'text', name: 'avatar_url', nullable: true },
    locale: { type: 'text' },
    timeZone: { type: 'text', name: 'time_zone' },
    role: { type: 'text' },
    title: { type: 'text', nullable: true },
    department: { type: 'text', nullable: true },
    active: { type: 'boolean' },
    aliases: { type: 'text', array: true },
    revision: { type: 'integer' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
  } satisfies Columns<User>,
  indices: [
    { name: 'user_account_email', columns: ['email'], unique: true },
    { name: 'user_account_by_name', columns: ['workspaceId', 'name', 'id'] },
  ],
});
