import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { Preferences } from '../domain/preferences.ts';

/** A row of the table `notification_preferences`; who has none has the defaults. */
export interface StoredPreferences extends Preferences {
  readonly userId: string;
  readonly workspaceId: string;
  readonly updatedAt: Date;
}

/** Maps {@link StoredPreferences}. */
export const PreferencesSchema = new EntitySchema<StoredPreferences>({
  name: 'Preferences',
  tableName: 'notification_preferences',
  columns: {
    userId: {
      type: 'text',
      name: 'user_id',
      primary: true,
      primaryKeyConstraintName: 'notification_preferences_pkey',
    },
    workspaceId: { type: 'text', name: 'workspace_id' },
    channels: { type: 'jsonb' },
    quietHours: { type: 'jsonb', name: 'quiet_hours', nullable: true },
    digest: { type: 'text' },
    language: { type: 'text', nullable: true },
    phone: { type: 'text', nullable: true },
    updatedAt: { type: 'timestamptz', name: 'updated_at' },
  } satisfies Columns<StoredPreferences>,
});
