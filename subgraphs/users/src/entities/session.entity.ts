import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `session`: one sign-in of one person, with its family of refresh tokens. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  /** When its newest refresh token ends. */
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** Maps {@link Session}. */
export const SessionSchema = new EntitySchema<Session>({
  name: 'Session',
  tableName: 'session',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'session_pkey' },
    userId: {
      type: 'text',
      name: 'user_id',
      foreignKey: { target: 'User', name: 'session_owner', onDelete: 'CASCADE' },
    },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    expiresAt: { type: 'timestamptz', name: 'expires_at' },
    revokedAt: { type: 'timestamptz', name: 'revoked_at', nullable: true },
  } satisfies Columns<Session>,
  indices: [{ name: 'session_by_user', columns: ['userId'] }],
});
