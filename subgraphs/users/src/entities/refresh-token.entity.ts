import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `refresh_token`. Spent ones stay until they end, to notice a copy. */
export interface RefreshToken {
  /** SHA-256, base64url. */
  readonly tokenHash: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
  readonly spentAt: Date | null;
}

/** Maps {@link RefreshToken}. */
export const RefreshTokenSchema = new EntitySchema<RefreshToken>({
  name: 'RefreshToken',
  tableName: 'refresh_token',
  columns: {
    tokenHash: {
      type: 'text',
      name: 'token_hash',
      primary: true,
      primaryKeyConstraintName: 'refresh_token_pkey',
    },
    sessionId: {
      type: 'text',
      name: 'session_id',
      foreignKey: { target: 'Session', name: 'refresh_token_session', onDelete: 'CASCADE' },
    },
    expiresAt: { type: 'timestamptz', name: 'expires_at' },
    spentAt: { type: 'timestamptz', name: 'spent_at', nullable: true },
  } satisfies Columns<RefreshToken>,
  indices: [{ name: 'refresh_token_by_session', columns: ['sessionId', 'expiresAt'] }],
});
