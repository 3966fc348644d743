import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';

/** What people may ask of the platform's work. */
export type OperatorAction = 'CANCEL_TASK' | 'RETRY_TASK' | 'REPLAY_DEAD_LETTERS' | 'RETELL_TASKS';

/** SENT: it was passed on to its owner. UNCHANGED: it was as wished already. */
export type OperatorOutcome = 'SENT' | 'UNCHANGED';

/** A row of the table `operator_audit`, which the database lets nobody change, nor delete within ninety days. */
export interface OperatorAudit {
  readonly id: string;
  readonly workspaceId: string;
  readonly actorId: string;
  readonly at: Date;
  readonly action: OperatorAction;
  /** Tasks or dead letters. */
  readonly targetIds: string[];
  readonly outcome: OperatorOutcome;
}

/** Maps {@link OperatorAudit}. */
export const OperatorAuditSchema = new EntitySchema<OperatorAudit>({
  name: 'OperatorAudit',
  tableName: 'operator_audit',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'operator_audit_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    actorId: { type: 'text', name: 'actor_id' },
    at: { type: 'timestamptz' },
    action: { type: 'text' },
    targetIds: { type: 'text', array: true, name: 'target_ids' },
    outcome: { type: 'text' },
  } satisfies Columns<OperatorAudit>,
  indices: [
    { name: 'operator_audit_by_age', columns: ['workspaceId', 'at', 'id'] },
    { name: 'operator_audit_age', columns: ['at'] },
  ],
});
