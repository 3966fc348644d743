import type { ShareAccess } from '@hoerok/shared/contracts';
import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `meeting_share`: somebody may see a meeting without taking part in it. Revoking deletes it. */
export interface MeetingShare {
  readonly id: string;
  readonly workspaceId: string;
  readonly meetingId: string;
  /** Null until somebody without an account has opened the link. */
  readonly userId: string | null;
  /** Where the link goes, in lower case; null for a share with somebody who had an account. */
  readonly email: string | null;
  readonly access: ShareAccess;
  /** It counts no more from then on. */
  readonly expiresAt: Date | null;
  readonly message: string | null;
  readonly sharedById: string;
  readonly createdAt: Date;
  /** When the link was opened first. */
  readonly openedAt: Date | null;
  /** When others were told that it has run out. */
  readonly endToldAt: Date | null;
}

const optionalText = { type: 'text', nullable: true } as const;
const instant = { type: 'timestamptz', nullable: true } as const;

/** Maps {@link MeetingShare}. */
export const MeetingShareSchema = new EntitySchema<MeetingShare>({
  name: 'MeetingShare',
  tableName: 'meeting_share',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'meeting_share_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    meetingId: {
      type: 'text',
      name: 'meeting_id',
      foreignKey: { target: 'Meeting', name: 'meeting_share_meeting', onDelete: 'CASCADE' },
    },
    userId: { ...optionalText, name: 'user_id' },
    email: optionalText,
    access: { type: 'text' },
    expiresAt: { ...instant, name: 'expires_at' },
    message: optionalText,
    sharedById: { type: 'text', name: 'shared_by_id' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    openedAt: { ...instant, name: 'opened_at' },
    endToldAt: { ...instant, name: 'end_told_at' },
  } satisfies Columns<MeetingShare>,
  indices: [
    { name: 'meeting_share_user', columns: ['userId', 'meetingId'], unique: true },
    { name: 'meeting_share_email', columns: ['meetingId', 'email'], unique: true },
    { name: 'meeting_share_end', columns: ['expiresAt'], where: '(end_told_at IS NULL)' },
  ],
});
