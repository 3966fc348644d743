import type { DataSource } from 'typeorm';
import type { Outcome } from '../domain/attempts.ts';
import { maxAttempts } from '../domain/attempts.ts';
import { linkTo } from '../domain/links.ts';
import type { Delivery } from '../entities/delivery.entity.ts';
import type { WebhookEndpoint } from '../entities/webhook-endpoint.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import { webhookRepository } from '../repositories/webhook-repository.ts';
import type { SecretBox } from '../providers/secret-box.ts';
import type { CallWebhook } from '../providers/webhook-caller.ts';
import type { Prepare } from './courier.ts';

const PROVIDER = 'webhook';
const AGAIN_MS = 15_000;

/** What {@link prepareWebhooks} needs. */
export interface WebhookDeps {
  readonly dataSource: DataSource;
  readonly call: CallWebhook;
  readonly secrets: SecretBox;
  /** Of the web application. */
  readonly appUrl: string | null;
  readonly clock: () => Date;
}

/** Looks up the endpoints of a batch and calls those that are on. */
export function prepareWebhooks(deps: WebhookDeps): Prepare {
  return async (batch) => {
    const { manager } = deps.dataSource;
    const endpoints = new Map<string, WebhookEndpoint>();
    for (const [workspaceId, deliveries] of Map.groupBy(batch, (delivery) => delivery.workspaceId)) {
      const ids = deliveries.flatMap(({ endpointId }) => endpointId ?? []);
      for (const one of await webhookRepository(manager, workspaceId).find(ids)) endpoints.set(one.id, one);
    }
    const hidden = await deliveryRepository(manager).hiddenAmong(
      batch.flatMap(({ meetingId }) => meetingId ?? []),
    );
    return async (delivery) => {
      const isHidden = delivery.meetingId !== null && hidden.has(delivery.meetingId);
      const endpoint = endpoints.get(delivery.endpointId ?? '');
      return { provider: PROVIDER, outcome: await deliver(deps, delivery, { endpoint, isHidden }) };
    };
  };
}

async function deliver(
  deps: WebhookDeps,
  delivery: Delivery,
  { endpoint, isHidden }: { readonly endpoint: WebhookEndpoint | undefined; readonly isHidden: boolean },
): Promise<Outcome> {
  const now = deps.clock();
  if (endpoint === undefined) return { state: 'SUPPRESSED', error: 'GONE' };
  if (endpoint.disabledAt !== null) return { state: 'SUPPRESSED', error: 'ENDPOINT_DISABLED' };
  if (isHidden) return { state: 'LATER', at: new Date(now.getTime() + AGAIN_MS), onTime: true };
  if (delivery.attempts > maxAttempts('WEBHOOK'))
    return { state: 'FAILED', error: 'CRASH_LOOP', retryable: false };
  const secrets = secretsOf(deps, endpoint, now);
  if (secrets.length === 0) return { state: 'FAILED', error: 'SECRET_UNREADABLE', retryable: false };
  return await deps.call({
    id: delivery.id,
    url: endpoint.url,
    body: bodyOf(delivery, deps.appUrl),
    secrets,
  });
}

function secretsOf({ secrets }: WebhookDeps, endpoint: WebhookEndpoint, now: Date): string[] {
  const { id, secret, previousSecret, previousSecretUntil } = endpoint;
  const previous = previousSecretUntil !== null && previousSecretUntil > now ? previousSecret : null;
  return [secret, previous].flatMap((sealed) => (sealed === null ? [] : (secrets.open(sealed, id) ?? [])));
}

/** Shaped as a CloudEvent. Ids alone: whoever gets it asks the graph for what it may see. */
function bodyOf(delivery: Delivery, appUrl: string | null): string {
  const { id, event, occurredAt, workspaceId, meetingId, subjectType, subjectId } = delivery;
  const subject =
    subjectType === null || subjectType === 'MeetingShare' || subjectId === null
      ? null
      : { __typename: subjectType, id: subjectId };
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: '/hoerok/notifications',
    type: event,
    time: occurredAt.toISOString(),
    datacontenttype: 'application/json',
    data: {
      workspace: workspaceId,
      subject,
      meeting: meetingId,
      link: linkTo(appUrl, { subject, meetingId }),
    },
  });
}
