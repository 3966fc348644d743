import type { Columns } from '@hoerok/shared/database';
import { searchColumn, searchIndex } from '@hoerok/shared/search';
import { EntitySchema } from 'typeorm';
import type { MeetingStatus } from '../domain/meeting-status.ts';
import type { VerificationPolicy } from '../domain/template.ts';

/** A row of the table `meeting`. */
export interface Meeting {
  readonly id: string;
  readonly workspaceId: string;
  readonly title: string;
  readonly description: string | null;
  readonly status: MeetingStatus;
  readonly language: string;
  readonly scheduledStart: Date;
  readonly scheduledEnd: Date | null;
  readonly timeZone: string;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly canceledAt: Date | null;
  readonly cancelReason: string | null;
  readonly organizerId: string;
  readonly templateId: string | null;
  readonly verificationPolicy: VerificationPolicy;
  /** Whether action items of a language model become todos at once. */
  readonly autoAcceptActionItems: boolean;
  readonly location: string | null;
  readonly revision: number;
  readonly clientMutationId: string | null;
  readonly transcriptReadyAt: Date | null;
  readonly minutesReadyAt: Date | null;
  /** Set while it is being deleted: nobody sees it. */
  readonly deletingAt: Date | null;
}

const instant = { type: 'timestamptz', nullable: true } as const;
const optionalText = { type: 'text', nullable: true } as const;

/** Maps {@link Meeting}. */
export const MeetingSchema = new EntitySchema<Meeting>({
  name: 'Meeting',
  tableName: 'meeting',
  columns: {
    ...searchColumn,
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'meeting_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    title: { type: 'text' },
    description: optionalText,
    status: { type: 'text' },
    language: { type: 'text' },
    scheduledStart: { type: 'timestamptz', name: 'scheduled_start' },
    scheduledEnd: { ...instant, name: 'scheduled_end' },
    timeZone: { type: 'text', name: 'time_zone' },
    startedAt: { ...instant, name: 'started_at' },
    endedAt: { ...instant, name: 'ended_at' },
    canceledAt: { ...instant, name: 'canceled_at' },
    cancelReason: { ...optionalText, name: 'cancel_reason' },
    organizerId: { type: 'text', name: 'organizer_id' },
    templateId: { ...optionalText, name: 'template_id' },
    verificationPolicy: { type: 'text', name: 'verification_policy' },
    autoAcceptActionItems: { type: 'boolean', name: 'auto_accept', default: false },
    location: optionalText,
    revision: { type: 'integer' },
    clientMutationId: { ...optionalText, name: 'client_mutation_id' },
    transcriptReadyAt: { ...instant, name: 'transcript_ready_at' },
    minutesReadyAt: { ...instant, name: 'minutes_ready_at' },
    deletingAt: { ...instant, name: 'deleting_at' },
  } satisfies Columns<Meeting>,
  indices: [
    searchIndex('meeting'),
    { name: 'meeting_by_end', columns: ['workspaceId', 'endedAt'] },
    { name: 'meeting_by_cancellation', columns: ['workspaceId', 'canceledAt'] },
    { name: 'meeting_by_start', columns: ['workspaceId', 'scheduledStart', 'id'] },
    {
      name: 'meeting_client_mutation',
      columns: ['workspaceId', 'organizerId', 'clientMutationId'],
      unique: true,
    },
  ],
});
