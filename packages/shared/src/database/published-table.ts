import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Messages that were published, kept for a day beside the outbox (ADR-8). A table of its own: what waits stays small and
 * quick to read however much is kept.
 */
export class CreateOutboxPublished1700000000003 implements MigrationInterface {
  readonly name = 'CreateOutboxPublished1700000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox_published (
        id bigint NOT NULL,
        message_id text NOT NULL,
        aggregate_key text NOT NULL,
        subject text NOT NULL,
        headers jsonb NOT NULL,
        payload text NOT NULL,
        created_at timestamptz NOT NULL,
        published_at timestamptz NOT NULL DEFAULT now(),
        stream text NOT NULL,
        stream_epoch text NOT NULL,
        stream_seq bigint NOT NULL,
        PRIMARY KEY (stream, stream_epoch, stream_seq)
      );
      CREATE INDEX outbox_published_age ON outbox_published (published_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}
