import type { ShareAccess } from '@hoerok/shared/contracts';
import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { ShareChangeKind } from '../domain/share.ts';

/** A row of the table `share_change`: what became of a share, as it was then. Goes with its meeting. */
export interface ShareChange {
  readonly id: string;
  readonly meetingId: string;
  readonly shareId: string;
  readonly kind: ShareChangeKind;
  /** Null for the platform. */
  readonly actorId: string | null;
  readonly userId: string | null;
  readonly email: string | null;
  readonly access: ShareAccess;
  readonly expiresAt: Date | null;
  readonly at: Date;
}

const optionalText = { type: 'text', nullable: true } as const;

/** Maps {@link ShareChange}. */
export const ShareChangeSchema = new EntitySchema<ShareChange>({
  name: 'ShareChange',
  tableName: 'share_change',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'share_change_pkey' },
    meetingId: {
      type: 'text',
      name: 'meeting_id',
      foreignKey: { target: 'Meeting', name: 'share_change_meeting', onDelete: 'CASCADE' },
    },
    shareId: { type: 'text', name: 'share_id' },
    kind: { type: 'text' },
    actorId: { ...optionalText, name: 'actor_id' },
    userId: { ...optionalText, name: 'user_id' },
    email: optionalText,
    access: { type: 'text' },
    expiresAt: { type: 'timestamptz', name: 'expires_at', nullable: true },
    at: { type: 'timestamptz' },
  } satisfies Columns<ShareChange>,
  indices: [{ name: 'share_change_by_meeting', columns: ['meetingId', 'id'] }],
});
