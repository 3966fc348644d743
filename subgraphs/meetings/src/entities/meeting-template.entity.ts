import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { VerificationPolicy } from '../domain/template.ts';

/** A row of the table `meeting_template`: a template that a workspace saved. */
export interface MeetingTemplate {
  readonly id: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly agenda: string[];
  readonly defaultMinutes: number;
  readonly verificationPolicy: VerificationPolicy;
}

/** Maps {@link MeetingTemplate}. */
export const MeetingTemplateSchema = new EntitySchema<MeetingTemplate>({
  name: 'MeetingTemplate',
  tableName: 'meeting_template',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'meeting_template_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    name: { type: 'text' },
    agenda: { type: 'text', array: true },
    defaultMinutes: { type: 'integer', name: 'default_minutes' },
    verificationPolicy: { type: 'text', name: 'verification_policy' },
  } satisfies Columns<MeetingTemplate>,
  indices: [{ name: 'meeting_template_name', columns: ['workspaceId', 'name'], unique: true }],
});
