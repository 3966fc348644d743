import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `calendar_feed`: it is there as long as its address works. */
export interface CalendarFeed {
  readonly id: string;
  readonly workspaceId: string;
  readonly userId: string;
  /** Which calendar it is for, in the words of its user. */
  readonly label: string;
  /** SHA-256 of the secret in the address, in hexadecimal; the secret itself is nowhere. */
  readonly tokenHash: string;
  readonly createdAt: Date;
  /** To the hour. */
  readonly lastReadAt: Date | null;
}

/** Maps {@link CalendarFeed}. */
export const CalendarFeedSchema = new EntitySchema<CalendarFeed>({
  name: 'CalendarFeed',
  tableName: 'calendar_feed',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'calendar_feed_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    userId: { type: 'text', name: 'user_id' },
    label: { type: 'text' },
    tokenHash: { type: 'text', name: 'token_hash' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    lastReadAt: { type: 'timestamptz', name: 'last_read_at', nullable: true },
  } satisfies Columns<CalendarFeed>,
  indices: [
    { name: 'calendar_feed_token', columns: ['tokenHash'], unique: true },
    { name: 'calendar_feed_of_user', columns: ['userId', 'id'] },
  ],
});
