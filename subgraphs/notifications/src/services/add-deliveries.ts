import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { MAX_WAITING, NEWS_MS } from '../domain/attempts.ts';
import { eventTypeOf } from '../domain/event-type.ts';
import type { NotificationKind, SubjectReference } from '../domain/notification-kind.ts';
import type { PersonalChannel } from '../domain/preferences.ts';
import type { Delivery } from '../entities/delivery.entity.ts';
import type { Notification } from '../entities/notification.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import { webhookRepository } from '../repositories/webhook-repository.ts';
import type { Cause } from './notify.ts';

/** Subject of the e-mail that invites somebody without an account. */
export const INVITATION = 'MeetingShare';

/** Something of which a delivery tells. */
interface Told {
  readonly kind: NotificationKind;
  readonly subject: SubjectReference | null;
  readonly meetingId: string | null;
}

/** A delivery that has not been tried. */
export function newDelivery(
  given: Pick<Delivery, 'workspaceId' | 'channel' | 'event' | 'occurredAt'> & Partial<Delivery>,
): Delivery {
  const now = new Date();
  return {
    id: randomUUIDv7(),
    state: 'PENDING',
    notificationId: null,
    recipientId: null,
    endpointId: null,
    digestId: null,
    digestDay: null,
    meetingId: null,
    subjectType: null,
    subjectId: null,
    causeId: null,
    provider: null,
    attempts: 0,
    lastError: null,
    responseStatus: null,
    messageId: null,
    dueAt: now,
    nextAttemptAt: now,
    claim: null,
    sentAt: null,
    ...given,
  };
}

/** Writes down what notifications are to be sent by. In the app they are there already. */
export async function addDeliveries(
  tx: EntityManager,
  told: readonly { readonly notification: Notification; readonly channels: readonly PersonalChannel[] }[],
): Promise<void> {
  const deliveries = told.flatMap(({ notification, channels }) =>
    channels.map((channel) => deliveryOf(notification, channel)),
  );
  const [waiting] = deliveries.filter(({ state }) => state === 'PENDING');
  const repository = deliveryRepository(tx);
  const full = waiting !== undefined && (await isFull(tx, waiting.workspaceId, null));
  await repository.insert(full ? deliveries.map(refuseWaiting) : deliveries);
}

/** Writes down which endpoints an event is to be sent to. Idempotent: one event goes to each once. */
export async function addWebhookDeliveries(tx: EntityManager, event: Cause, told: Told): Promise<void> {
  const { workspaceId } = event;
  const occurredAt = new Date(event.occurredAt);
  if (isStale(occurredAt)) return;
  const endpointIds = await webhookRepository(tx, workspaceId).listening(told.kind);
  for (const endpointId of endpointIds) {
    const delivery = newDelivery({
      workspaceId,
      channel: 'WEBHOOK',
      event: eventTypeOf(told.kind),
      endpointId,
      meetingId: told.meetingId,
      subjectType: told.subject?.__typename ?? null,
      subjectId: told.subject?.id ?? null,
      causeId: event.id,
      occurredAt,
    });
    const full = await isFull(tx, workspaceId, endpointId);
    await deliveryRepository(tx).insert([full ? refuseWaiting(delivery) : delivery]);
  }
}

/** Writes down that an address without an account is to be invited; it is asked for when the mail is sent. Idempotent. */
export async function addInvitation(
  tx: EntityManager,
  event: Cause,
  { shareId, meetingId }: { readonly shareId: string; readonly meetingId: string },
): Promise<void> {
  const { workspaceId, id: causeId } = event;
  const occurredAt = new Date(event.occurredAt);
  if (isStale(occurredAt)) return;
  const delivery = newDelivery({
    workspaceId,
    channel: 'EMAIL',
    event: eventTypeOf('MEETING_SHARED'),
    meetingId,
    subjectType: INVITATION,
    subjectId: shareId,
    causeId,
    occurredAt,
  });
  const full = await isFull(tx, workspaceId, null);
  await deliveryRepository(tx).insert([full ? refuseWaiting(delivery) : delivery]);
}

function deliveryOf(notification: Notification, channel: PersonalChannel): Delivery {
  const { id, createdAt, subjectType, subjectId, meetingId, causeId, workspaceId, recipientId } =
    notification;
  const delivery = newDelivery({
    workspaceId,
    channel,
    event: eventTypeOf(notification.kind),
    notificationId: id,
    recipientId,
    meetingId,
    subjectType,
    subjectId,
    causeId,
    occurredAt: createdAt,
  });
  if (channel === 'IN_APP') {
    const { dueAt: sentAt } = delivery;
    return { ...delivery, state: 'DELIVERED', provider: 'inbox', attempts: 1, nextAttemptAt: null, sentAt };
  }
  return isStale(createdAt)
    ? { ...delivery, state: 'SUPPRESSED', lastError: 'OLD_NEWS', nextAttemptAt: null }
    : delivery;
}

async function isFull(tx: EntityManager, workspaceId: string, endpointId: string | null): Promise<boolean> {
  const waiting = await deliveryRepository(tx).countWaiting({ workspaceId, endpointId }, MAX_WAITING);
  return waiting >= MAX_WAITING;
}

function refuseWaiting(delivery: Delivery): Delivery {
  if (delivery.state !== 'PENDING') return delivery;
  return { ...delivery, state: 'SUPPRESSED', lastError: 'QUEUE_FULL', nextAttemptAt: null };
}

function isStale(occurredAt: Date): boolean {
  return Date.now() - occurredAt.getTime() > NEWS_MS;
}
