import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** A row of the table `invitation`: this user is known to take part in this meeting, so they are new to it once only. */
export interface Invitation {
  readonly meetingId: string;
  readonly userId: string;
  readonly workspaceId: string;
}

/** Maps {@link Invitation}. */
export const InvitationSchema = new EntitySchema<Invitation>({
  name: 'Invitation',
  tableName: 'invitation',
  columns: {
    meetingId: {
      type: 'text',
      name: 'meeting_id',
      primary: true,
      primaryKeyConstraintName: 'invitation_pkey',
    },
    userId: { type: 'text', name: 'user_id', primary: true, primaryKeyConstraintName: 'invitation_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
  } satisfies Columns<Invitation>,
});
