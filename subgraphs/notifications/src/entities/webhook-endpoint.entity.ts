import type { Columns } from '@hoerok/shared/database';
import { EntitySchema } from 'typeorm';
import type { NotificationKind } from '../domain/notification-kind.ts';

/** A row of the table `webhook_endpoint`: a program that a workspace wants told. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly workspaceId: string;
  readonly url: string;
  readonly kinds: readonly NotificationKind[];
  /** Encrypted; see SecretBox. */
  readonly secret: string;
  /** Its last characters. */
  readonly secretHint: string;
  /** Still signs, beside the new one, until then. */
  readonly previousSecret: string | null;
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
  /** Of the first failure since it last answered. */
  readonly failingSince: Date | null;
  readonly disabledAt: Date | null;
  /** FAILING or GONE when we did it, BY_ADMIN else. */
  readonly disabledReason: string | null;
}

const instant = { type: 'timestamptz', nullable: true } as const;

/** Maps {@link WebhookEndpoint}. */
export const WebhookEndpointSchema = new EntitySchema<WebhookEndpoint>({
  name: 'WebhookEndpoint',
  tableName: 'webhook_endpoint',
  columns: {
    id: { type: 'text', primary: true, primaryKeyConstraintName: 'webhook_endpoint_pkey' },
    workspaceId: { type: 'text', name: 'workspace_id' },
    url: { type: 'text' },
    kinds: { type: 'jsonb' },
    secret: { type: 'text' },
    secretHint: { type: 'text', name: 'secret_hint' },
    previousSecret: { type: 'text', name: 'previous_secret', nullable: true },
    previousSecretUntil: { ...instant, name: 'previous_secret_until' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    failingSince: { ...instant, name: 'failing_since' },
    disabledAt: { ...instant, name: 'disabled_at' },
    disabledReason: { type: 'text', name: 'disabled_reason', nullable: true },
  } satisfies Columns<WebhookEndpoint>,
  indices: [{ name: 'webhook_endpoint_by_workspace', columns: ['workspaceId', 'id'] }],
});
