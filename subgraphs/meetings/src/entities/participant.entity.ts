import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { Presence } from '../domain/attendance.ts';
import type { ParticipantRole } from '../domain/participants.ts';

/** A row of the table `participant`: a user of the workspace (`userId`) or a guest. */
export interface Participant extends Presence {
  readonly id: string;
  readonly meetingId: string;
  readonly userId: string | null;
  readonly email: string | null;
  readonly displayName: string | null;
  readonly role: ParticipantRole;
  /** Place in the list: the organizer is 0. */
  readonly position: number;
}

/** Maps {@link Participant}. */
export const ParticipantSchema = new EntitySchema<Participant>({
  name: 'Participant',
  tableName: 'participant',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'participant_pkey' },
    meetingId: {
      type: 'text',
      name: 'meeting_id',
      foreignKey: { target: 'Meeting', name: 'participant_meeting', onDelete: 'CASCADE' },
    },
    userId: { type: 'text', name: 'user_id', nullable: true },
    email: { type: 'text', nullable: true },
    displayName: { type: 'text', name: 'display_name', nullable: true },
    role: { type: 'text' },
    position: { type: 'integer' },
    attendance: { type: 'text', default: 'INVITED' },
    recordingConsent: { type: 'text', name: 'recording_consent', default: 'UNASKED' },
    joinedAt: { type: 'timestamptz', name: 'joined_at', nullable: true },
    leftAt: { type: 'timestamptz', name: 'left_at', nullable: true },
  } satisfies Columns<Participant>,
  indices: [
    { name: 'participant_place', columns: ['meetingId', 'position'], unique: true },
    { name: 'participant_user', columns: ['userId', 'meetingId'], unique: true },
  ],
});
