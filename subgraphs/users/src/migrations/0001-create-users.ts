import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the users domain. */
export class CreateUsers1763700000001 implements MigrationInterface {
  readonly name = 'CreateUsers1763700000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workspace (
        id text CONSTRAINT workspace_pkey PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE TABLE user_account (
        id text CONSTRAINT user_account_pkey PRIMARY KEY,
        workspace_id text NOT NULL CONSTRAINT user_account_workspace REFERENCES workspace (id),
        email text NOT NULL,
        name text NOT NULL,
        avatar_url text,
        locale text NOT NULL,
        time_zone text NOT NULL,
        role text NOT NULL,
        title text,
        department text,
        active boolean NOT NULL,
        aliases text[] NOT NULL,
        revision integer NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX user_account_email ON user_account (email);
      CREATE INDEX user_account_by_name ON user_account (workspace_id, name, id);
      CREATE TABLE credential (
        user_id text CONSTRAINT credential_pkey PRIMARY KEY
          CONSTRAINT credential_user REFERENCES user_account (id) ON DELETE CASCADE,
        password_hash text NOT NULL
      );
      CREATE TABLE session (
        id text CONSTRAINT session_pkey PRIMARY KEY,
        user_id text NOT NULL CONSTRAINT session_owner REFERENCES user_account (id) ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
      CREATE INDEX session_by_user ON session (user_id);
      CREATE TABLE refresh_token (
        token_hash text CONSTRAINT refresh_token_pkey PRIMARY KEY,
        session_id text NOT NULL CONSTRAINT refresh_token_session REFERENCES session (id) ON DELETE CASCADE,
        expires_at timestamptz NOT NULL,
        spent_at timestamptz
      );
      CREATE INDEX refresh_token_by_session ON refresh_token (session_id, expires_at);
      CREATE TABLE invitation (
        id text CONSTRAINT invitation_pkey PRIMARY KEY,
        workspace_id text NOT NULL CONSTRAINT invitation_workspace REFERENCES workspace (id),
        email text NOT NULL,
        role text NOT NULL,
        name text,
        token_hash text NOT NULL,
        invited_by_id text NOT NULL CONSTRAINT invitation_inviter REFERENCES user_account (id),
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        accepted_at timestamptz
      );
      CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);
      CREATE INDEX invitation_by_email ON invitation (workspace_id, email);
      CREATE INDEX invitation_by_inviter ON invitation (invited_by_id);
      CREATE TABLE sign_in_attempt (
        id text CONSTRAINT sign_in_attempt_pkey PRIMARY KEY,
        email text NOT NULL,
        attempted_at timestamptz NOT NULL
      );
      CREATE INDEX sign_in_attempt_by_email ON sign_in_attempt (email, attempted_at);
      CREATE INDEX sign_in_attempt_age ON sign_in_attempt (attempted_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
