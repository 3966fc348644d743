import { createHmac } from 'node:crypto';
import type { OutboundClient } from '@hoerok/shared/outbound';
import type { Outcome } from '../domain/attempts.ts';
import { outcomeOf, outcomeWithout } from './http-outcome.ts';

/** What begins every secret of a webhook, by the Standard Webhooks specification. */
export const SECRET_PREFIX = 'whsec_';

/** A message to an endpoint. */
export interface WebhookCall {
  /** The same for every attempt: it becomes `webhook-id`. */
  readonly id: string;
  readonly url: string;
  /** JSON. */
  readonly body: string;
  /** Each signs; while a secret is replaced there are two. */
  readonly secrets: readonly string[];
}

/** Posts to endpoints; never throws. */
export type CallWebhook = (call: WebhookCall) => Promise<Outcome>;

/** Signs as the Standard Webhooks specification (version 1) says, and posts. */
export function createWebhookCaller(deps: {
  readonly client: OutboundClient;
  readonly clock: () => Date;
}): CallWebhook {
  return async ({ id, url, body, secrets }) => {
    const timestamp = String(Math.floor(deps.clock().getTime() / 1_000));
    const signatures = secrets.map((secret) => signatureOf(secret, `${id}.${timestamp}.${body}`));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'hoerok-webhooks/1',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatures.join(' '),
    };
    try {
      const answer = await deps.client.request({ url, method: 'POST', headers, body });
      return outcomeOf(answer, { state: 'DELIVERED', messageId: id });
    } catch (error) {
      return outcomeWithout(error);
    }
  };
}

function signatureOf(secret: string, signed: string): string {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
