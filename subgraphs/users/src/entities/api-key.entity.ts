import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { ApiKeyScope } from '../domain/api-key-scopes.ts';

/** A row of the table `api_key`: a program that acts as the person who made the key. */
export interface ApiKey {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  /** The first characters of the key. */
  readonly prefix: string;
  /** SHA-256, base64url. */
  readonly secretHash: string;
  readonly scopes: ApiKeyScope[];
  readonly createdAt: Date;
  /** Null for one that ends only when it is revoked. */
  readonly expiresAt: Date | null;
  /** To within a minute. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** Maps {@link ApiKey}. */
export const ApiKeySchema = new EntitySchema<ApiKey>({
  name: 'ApiKey',
  tableName: 'api_key',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'api_key_pkey' },
    userId: {
      type: 'text',
      name: 'user_id',
      foreignKey: { target: 'User', name: 'api_key_owner', onDelete: 'CASCADE' },
    },
    name: { type: 'text' },
    prefix: { type: 'text' },
    secretHash: { type: 'text', name: 'secret_hash' },
    scopes: { type: 'text', array: true },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    expiresAt: { type: 'timestamptz', name: 'expires_at', nullable: true },
    lastUsedAt: { type: 'timestamptz', name: 'last_used_at', nullable: true },
    revokedAt: { type: 'timestamptz', name: 'revoked_at', nullable: true },
  } satisfies Columns<ApiKey>,
  indices: [
    { name: 'api_key_secret', columns: ['secretHash'], unique: true },
    { name: 'api_key_by_user', columns: ['userId'] },
  ],
});
