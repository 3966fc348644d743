import type { Role } from '@hoerok/shared/auth';
import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `invitation`. */
export interface Invitation {
  readonly id: string;
  readonly workspaceId: string;
  /** Lower case. */
  readonly email: string;
  readonly role: Role;
  readonly name: string | null;
  /** SHA-256, base64url. */
  readonly tokenHash: string;
  readonly invitedById: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
}

/** Maps {@link Invitation}. */
export const InvitationSchema = new EntitySchema<Invitation>({
  name: 'Invitation',
  tableName: 'invitation',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'invitation_pkey' },
    workspaceId: {
      type: 'text',
      name: 'workspace_id',
      foreignKey: { target: 'Workspace', name: 'invitation_workspace' },
    },
    email: { type: 'text' },
    role: { type: 'text' },
    name: { type: 'text', nullable: true },
    tokenHash: { type: 'text', name: 'token_hash' },
    invitedById: {
      type: 'text',
      name: 'invited_by_id',
      foreignKey: { target: 'User', name: 'invitation_inviter' },
    },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    expiresAt: { type: 'timestamptz', name: 'expires_at' },
    acceptedAt: { type: 'timestamptz', name: 'accepted_at', nullable: true },
  } satisfies Columns<Invitation>,
  indices: [
    { name: 'invitation_token', columns: ['tokenHash'], unique: true },
    { name: 'invitation_by_email', columns: ['workspaceId', 'email'] },
    { name: 'invitation_by_inviter', columns: ['invitedById'] },
  ],
});
