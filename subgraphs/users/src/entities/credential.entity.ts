import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `credential`; apart from the person, so that no read of a profile touches it. */
export interface Credential {
  readonly userId: string;
  /** argon2id in PHC format. */
  readonly passwordHash: string;
}

/** Maps {@link Credential}. */
export const CredentialSchema = new EntitySchema<Credential>({
  name: 'Credential',
  tableName: 'credential',
  columns: {
    userId: {
      type: 'text',
      name: 'user_id',
      primary: true,
      primaryKeyConstraintName: 'credential_pkey',
      foreignKey: { target: 'User', name: 'credential_user', onDelete: 'CASCADE' },
    },
    passwordHash: { type: 'text', name: 'password_hash' },
  } satisfies Columns<Credential>,
});
