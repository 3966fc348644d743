import { randomBytes, randomUUIDv7 } from 'node:crypto';
import { requireSession, type UserViewer, type Viewer } from '@hoerok/shared/auth';
import { holdName, type Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import { checkOutboundUrl, type Reach } from '@hoerok/shared/outbound';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { NOTIFICATION_KINDS, TEST_EVENT } from '../domain/event-type.ts';
import type { NotificationKind } from '../domain/notification-kind.ts';
import type { Delivery } from '../entities/delivery.entity.ts';
import type { WebhookEndpoint } from '../entities/webhook-endpoint.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import { type WebhookRepository, webhookRepository } from '../repositories/webhook-repository.ts';
import type { SecretBox } from '../providers/secret-box.ts';
import { SECRET_PREFIX } from '../providers/webhook-caller.ts';
import { newDelivery } from './add-deliveries.ts';

const MAX_ENDPOINTS = 20;
/** For how long after a rotation the secret before it signs, too. */
const OVERLAP_MS = 24 * 3_600_000;

/** An endpoint and, only when it was made, its secret. */
export interface NewSecret {
  readonly endpoint: WebhookEndpoint;
  readonly signingSecret: string;
}

/**
 * What an ADMIN who has signed in does with the endpoints of the workspace. Each throws AppError `FORBIDDEN` for everybody
 * else, and `NOT_FOUND` for an endpoint of another workspace.
 */
export interface Webhooks {
  readonly list: (viewer: Viewer | null) => Promise<WebhookEndpoint[]>;
  /** @throws AppError `BAD_INPUT` for an address that may not be called; `CONFLICT` for the 21st. */
  readonly create: (viewer: Viewer | null, input: unknown) => Promise<NewSecret>;
  /** What is left out stays. Switching on forgives what has failed. */
  readonly update: (viewer: Viewer | null, input: unknown) => Promise<WebhookEndpoint>;
  /** With the log of what was sent to it. */
  readonly delete: (viewer: Viewer | null, id: string) => Promise<string>;
  /** Sends a message of type `webhook.test`; the delivery tells what becomes of it. @throws AppError `WRONG_STATE` when off. */
  readonly test: (viewer: Viewer | null, id: string) => Promise<Delivery>;
  /** The secret before signs, too, for a day. */
  readonly rotate: (viewer: Viewer | null, id: string) => Promise<NewSecret>;
}

/** What {@link createWebhooks} needs. */
export interface WebhooksDeps {
  readonly transact: Transact;
  readonly clock: () => Date;
  readonly secrets: SecretBox;
  readonly reach: Reach;
}

const kinds = z
  .array(z.enum(NOTIFICATION_KINDS as [NotificationKind, ...NotificationKind[]]))
  .min(1, 'must not be empty')
  .transform((given) => [...new Set(given)]);
const createInput = z.object({ url: z.string(), kinds });
const updateInput = z.object({
  id: z.string(),
  url: z.string().nullish(),
  kinds: kinds.nullish(),
  enabled: z.boolean().nullish(),
});

/** Builds {@link Webhooks}. */
export function createWebhooks(deps: WebhooksDeps): Webhooks {
  const as = async <T>(
    viewer: Viewer | null,
    work: (webhooks: WebhookRepository, tx: EntityManager, admin: UserViewer) => Promise<T>,
  ): Promise<T> => {
    const admin = requireAdmin(viewer);
    return await deps.transact((tx) => work(webhookRepository(tx, admin.workspaceId), tx, admin));
  };
  return {
    list: (viewer) => as(viewer, (webhooks) => webhooks.list()),
    create: (viewer, input) =>
      as(viewer, async (webhooks, tx, { workspaceId }) => {
        const given = decodeInput(createInput, input);
        const url = checkOutboundUrl(given.url, deps.reach).href;
        await requireRoom(webhooks, tx, workspaceId);
        const made = newSecret(deps, randomUUIDv7());
        const endpoint: WebhookEndpoint = {
          ...made.stored,
          workspaceId,
          url,
          kinds: given.kinds,
          previousSecret: null,
          previousSecretUntil: null,
          createdAt: deps.clock(),
          failingSince: null,
          disabledAt: null,
          disabledReason: null,
        };
        await webhooks.insert(endpoint);
        return { endpoint, signingSecret: made.signingSecret };
      }),
    update: (viewer, input) => as(viewer, (webhooks, tx) => update(deps, { webhooks, tx }, input)),
    delete: (viewer, id) =>
      as(viewer, async (webhooks) => {
        if (!(await webhooks.delete(id))) throw noSuchEndpoint();
        return id;
      }),
    test: (viewer, id) => as(viewer, (webhooks, tx) => test(deps, { webhooks, tx }, id)),
    rotate: (viewer, id) =>
      as(viewer, async (webhooks) => {
        const before = await requireEndpoint(webhooks, id);
        const made = newSecret(deps, id);
        const previousSecretUntil = new Date(deps.clock().getTime() + OVERLAP_MS);
        const changes = { ...made.stored, previousSecret: before.secret, previousSecretUntil };
        await webhooks.update(id, changes);
        return { endpoint: { ...before, ...changes }, signingSecret: made.signingSecret };
      }),
  };
}

interface Within {
  readonly webhooks: WebhookRepository;
  readonly tx: EntityManager;
}

async function update(
  deps: WebhooksDeps,
  { webhooks, tx }: Within,
  input: unknown,
): Promise<WebhookEndpoint> {
  const given = decodeInput(updateInput, input);
  const before = await requireEndpoint(webhooks, given.id);
  const after: WebhookEndpoint = {
    ...before,
    ...(given.url == null ? {} : { url: checkOutboundUrl(given.url, deps.reach).href }),
    ...(given.kinds == null ? {} : { kinds: given.kinds }),
    ...(given.enabled === true ? { disabledAt: null, disabledReason: null, failingSince: null } : {}),
    ...(given.enabled === false && before.disabledAt === null
      ? { disabledAt: deps.clock(), disabledReason: 'BY_ADMIN' }
      : {}),
  };
  await webhooks.update(given.id, after);
  if (given.enabled === false) await deliveryRepository(tx).suppressOfEndpoint(given.id, 'ENDPOINT_DISABLED');
  return after;
}

async function test(deps: WebhooksDeps, { webhooks, tx }: Within, id: string): Promise<Delivery> {
  const { workspaceId, disabledAt } = await requireEndpoint(webhooks, id);
  if (disabledAt !== null)
    throw new AppError('WRONG_STATE', 'Switch the webhook on first.', { logLevel: 'debug' });
  const delivery = newDelivery({
    workspaceId,
    channel: 'WEBHOOK',
    event: TEST_EVENT,
    endpointId: id,
    causeId: randomUUIDv7(),
    occurredAt: deps.clock(),
  });
  await deliveryRepository(tx).insert([delivery]);
  return delivery;
}

function newSecret(
  { secrets }: WebhooksDeps,
  id: string,
): { stored: Pick<WebhookEndpoint, 'id' | 'secret' | 'secretHint'>; signingSecret: string } {
  const signingSecret = `${SECRET_PREFIX}${randomBytes(32).toString('base64')}`;
  const stored = { id, secret: secrets.seal(signingSecret, id), secretHint: `…${signingSecret.slice(-4)}` };
  return { stored, signingSecret };
}

function requireAdmin(viewer: Viewer | null): UserViewer {
  const user = requireSession(viewer);
  if (user.role === 'ADMIN') return user;
  throw new AppError('FORBIDDEN', 'Only an ADMIN may do this.', { logLevel: 'debug' });
}

async function requireRoom(
  webhooks: WebhookRepository,
  tx: EntityManager,
  workspaceId: string,
): Promise<void> {
  await holdName(tx, `webhooks:${workspaceId}`);
  if ((await webhooks.list()).length < MAX_ENDPOINTS) return;
  throw new AppError('CONFLICT', `A workspace has at most ${MAX_ENDPOINTS} webhooks.`, { logLevel: 'debug' });
}

async function requireEndpoint(webhooks: WebhookRepository, id: string): Promise<WebhookEndpoint> {
  const [endpoint] = await webhooks.find([id]);
  if (endpoint === undefined) throw noSuchEndpoint();
  return endpoint;
}

function noSuchEndpoint(): AppError {
  return new AppError('NOT_FOUND', 'There is no such webhook.', {
    logLevel: 'debug',
    extensions: { path: ['id'] },
  });
}
