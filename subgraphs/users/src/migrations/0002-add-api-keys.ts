import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys with which programs act as people. */
export class AddApiKeys1763700000002 implements MigrationInterface {
  readonly name = 'AddApiKeys1763700000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE api_key (
        id text CONSTRAINT api_key_pkey PRIMARY KEY,
        user_id text NOT NULL CONSTRAINT api_key_owner REFERENCES user_account (id) ON DELETE CASCADE,
        name text NOT NULL,
        prefix text NOT NULL,
        secret_hash text NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        last_used_at timestamptz,
        revoked_at timestamptz
      );
      CREATE UNIQUE INDEX api_key_secret ON api_key (secret_hash);
      CREATE INDEX api_key_by_user ON api_key (user_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
