import { randomUUIDv7 } from 'node:crypto';
import { notificationCreated } from '@hoerok/shared/contracts';
import type { ReceivedEvent } from '@hoerok/shared/events';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { languageFor } from '../domain/messages.ts';
import type { NotificationKind, ParametersByKind, SubjectReference } from '../domain/notification-kind.ts';
import { channelsFor, DEFAULT_PREFERENCES, type PersonalChannel } from '../domain/preferences.ts';
import type { Notification } from '../entities/notification.entity.ts';
import { notificationRepository } from '../repositories/notification-repository.ts';
import { preferencesRepository } from '../repositories/preferences-repository.ts';
import { addDeliveries, addWebhookDeliveries } from './add-deliveries.ts';

/** What has happened: an event, or something of this service that is like one. */
export type Cause = Pick<ReceivedEvent, 'id' | 'workspaceId' | 'occurredAt' | 'actorId'>;

/** What to tell, and whom. */
export interface Notice<K extends NotificationKind> {
  readonly kind: K;
  readonly recipients: readonly string[];
  readonly subject: SubjectReference | null;
  /** The meeting it belongs to, and is deleted with. */
  readonly meetingId: string | null;
  /** BCP 47 tag of the meeting; English when it belongs to none. */
  readonly language: string | null;
  /** The facts that the text is made of; they may differ by recipient. */
  readonly parametersFor: (recipientId: string) => ParametersByKind[K];
  /** Whether the endpoints of the workspace are told, once, whoever the recipients are. @default true */
  readonly toWebhooks?: boolean;
}

/**
 * Tells each recipient of an event in the ways they want, and the endpoints of the workspace. In the app they are told at
 * once; what goes out is written down here and sent later. Idempotent: one event tells one person one thing of a kind, so
 * neither a second delivery nor a replay tells it again.
 */
export async function notify<K extends NotificationKind>(
  tx: EntityManager,
  event: Cause,
  notice: Notice<K>,
): Promise<void> {
  const { kind, subject, meetingId } = notice;
  if (notice.recipients.length > 0) await tellPeople(tx, event, notice);
  if (notice.toWebhooks !== false) await addWebhookDeliveries(tx, event, { kind, subject, meetingId });
}

async function tellPeople<K extends NotificationKind>(
  tx: EntityManager,
  event: Cause,
  notice: Notice<K>,
): Promise<void> {
  const { workspaceId } = event;
  const preferences = await preferencesRepository(tx, workspaceId).of(notice.recipients);
  const channelsOf = (recipientId: string): readonly PersonalChannel[] =>
    channelsFor(preferences.get(recipientId) ?? DEFAULT_PREFERENCES, notice.kind);
  const rows = notice.recipients
    .filter((recipientId) => channelsOf(recipientId).length > 0)
    .map((recipientId) =>
      notificationFor(event, notice, {
        recipientId,
        inApp: channelsOf(recipientId).includes('IN_APP'),
        language: preferences.get(recipientId)?.language ?? null,
      }),
    );
  const told = await notificationRepository(tx, workspaceId).insert(rows);
  await addDeliveries(
    tx,
    told.map((notification) => ({ notification, channels: channelsOf(notification.recipientId) })),
  );
  for (const { id, recipientId, inApp } of told) {
    if (!inApp) continue;
    await addEvent(tx, {
      contract: notificationCreated,
      workspaceId,
      // By recipient, not by notification: a subject that holds one person's events can be subscribed to by them alone.
      aggregateId: recipientId,
      actorId: event.actorId,
      causationId: event.id,
      payload: { __typename: 'Notification', id, revision: 1, recipientId, kind: notice.kind },
    });
  }
}

function notificationFor<K extends NotificationKind>(
  event: Cause,
  { kind, subject, meetingId, language: languageOfMeeting, parametersFor }: Notice<K>,
  { recipientId, inApp, language }: { recipientId: string; inApp: boolean; language: string | null },
): Notification {
  return {
    id: randomUUIDv7(),
    workspaceId: event.workspaceId,
    recipientId,
    kind,
    subjectType: subject?.__typename ?? null,
    subjectId: subject?.id ?? null,
    meetingId,
    causeId: event.id,
    language: languageFor(language ?? languageOfMeeting ?? 'en'),
    parameters: parametersFor(recipientId),
    createdAt: new Date(event.occurredAt),
    readAt: null,
    inApp,
  };
}
