import type { Transact } from '@hoerok/shared/database';
import type { WebhookEndpoint } from '../entities/webhook-endpoint.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import { webhookRepository } from '../repositories/webhook-repository.ts';
import type { Addressees } from './addressees.ts';
import { notify } from './notify.ts';

/** Switches off an endpoint that does not work, ends what waits for it, and tells the ADMINs. Idempotent. */
export type DisableEndpoint = (endpoint: WebhookEndpoint, reason: 'FAILING' | 'GONE') => Promise<void>;

/** Builds {@link DisableEndpoint}. */
export function createDisableEndpoint(deps: {
  readonly transact: Transact;
  readonly addressees: Addressees;
  readonly clock: () => Date;
}): DisableEndpoint {
  return async ({ id, workspaceId, url, disabledAt }, reason) => {
    if (disabledAt !== null) return;
    const admins = await deps.addressees.admins(workspaceId);
    const now = deps.clock();
    await deps.transact(async (tx) => {
      if (!(await webhookRepository(tx, workspaceId).disable(id, reason, now))) return;
      await deliveryRepository(tx).suppressOfEndpoint(id, 'ENDPOINT_DISABLED');
      const occurredAt = now.toISOString();
      const cause = { id: `webhook:${id}:${occurredAt}`, workspaceId, occurredAt, actorId: null };
      await notify(tx, cause, {
        kind: 'WEBHOOK_DISABLED',
        recipients: admins,
        subject: null,
        meetingId: null,
        language: null,
        parametersFor: () => ({ host: new URL(url).hostname }),
      });
    });
  };
}
