import { type EntityManager, In, IsNull } from 'typeorm';
import type { NotificationKind } from '../domain/notification-kind.ts';
import { DeliverySchema } from '../entities/delivery.entity.ts';
import { type WebhookEndpoint, WebhookEndpointSchema } from '../entities/webhook-endpoint.entity.ts';

/** The endpoints of one workspace. */
export interface WebhookRepository {
  /** Oldest first. */
  readonly list: () => Promise<WebhookEndpoint[]>;
  readonly find: (ids: readonly string[]) => Promise<WebhookEndpoint[]>;
  /** Ids of those that want to be told of a kind and are switched on. */
  readonly listening: (kind: NotificationKind) => Promise<string[]>;
  readonly insert: (endpoint: WebhookEndpoint) => Promise<void>;
  readonly update: (id: string, changes: Partial<WebhookEndpoint>) => Promise<boolean>;
  /** With the log of what was sent to it. */
  readonly delete: (id: string) => Promise<boolean>;
  /** Notes a failure and since when there has been nothing else. */
  readonly fail: (id: string, now: Date) => Promise<void>;
  /** Notes that it has answered. */
  readonly heal: (id: string) => Promise<void>;
  /** Switches it off; false when it was off already. */
  readonly disable: (id: string, reason: string, now: Date) => Promise<boolean>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function webhookRepository(tx: EntityManager, workspaceId: string): WebhookRepository {
  const update: WebhookRepository['update'] = async (id, changes) =>
    (await tx.update(WebhookEndpointSchema, { workspaceId, id }, changes)).affected === 1;
  return {
    list: () => tx.find(WebhookEndpointSchema, { where: { workspaceId }, order: { id: 'ASC' } }),
    find: (ids) => tx.findBy(WebhookEndpointSchema, { workspaceId, id: In([...ids]) }),
    listening: async (kind) => {
      const sql =
        'SELECT id FROM webhook_endpoint WHERE workspace_id = $1 AND disabled_at IS NULL AND kinds ? $2 ORDER BY id';
      const rows: { id: string }[] = await tx.query(sql, [workspaceId, kind]);
      return rows.map(({ id }) => id);
    },
    insert: async (endpoint) => {
      await tx.insert(WebhookEndpointSchema, endpoint);
    },
    update,
    delete: async (id) => {
      const { affected } = await tx.delete(WebhookEndpointSchema, { workspaceId, id });
      if (affected === 1) await tx.delete(DeliverySchema, { workspaceId, endpointId: id });
      return affected === 1;
    },
    fail: async (id, now) => {
      await tx.update(
        WebhookEndpointSchema,
        { workspaceId, id, failingSince: IsNull() },
        { failingSince: now },
      );
    },
    heal: async (id) => {
      await update(id, { failingSince: null });
    },
    disable: async (id, disabledReason, disabledAt) => {
      const on = { workspaceId, id, disabledAt: IsNull() };
      const { affected } = await tx.update(WebhookEndpointSchema, on, { disabledAt, disabledReason });
      return affected === 1;
    },
  };
}
