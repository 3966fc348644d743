import { randomUUIDv7 } from 'node:crypto';
import { notificationCreated } from '@hoerok/shared/contracts';
import type { ReceivedEvent } from '@hoerok/shared/events';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { languageFor } from '../domain/messages.ts';
import type { NotificationKind, ParametersByKind, SubjectReference } from '../domain/notification-kind.ts';
import { notificationRepository } from '../repositories/notification-repository.ts';

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
}

/**
 * Tells each recipient of an event. Idempotent: one event tells one person one thing of a kind, so neither a second
 * delivery nor a replay tells it again.
 */
export async function notify<K extends NotificationKind>(
  tx: EntityManager,
  event: ReceivedEvent,
  notice: Notice<K>,
): Promise<void> {
  const { kind, subject, meetingId, language } = notice;
  const { workspaceId } = event;
  const rows = notice.recipients.map((recipientId) => ({
    id: randomUUIDv7(),
    workspaceId,
    recipientId,
    kind,
    subjectType: subject?.__typename ?? null,
    subjectId: subject?.id ?? null,
    meetingId,
    causeId: event.id,
    language: languageFor(language ?? 'en'),
    parameters: notice.parametersFor(recipientId),
    createdAt: new Date(event.occurredAt),
    readAt: null,
  }));
  for (const { id, recipientId } of await notificationRepository(tx, workspaceId).insert(rows)) {
    await addEvent(tx, {
      contract: notificationCreated,
      workspaceId,
      // By recipient, not by notification: a subject that holds one person's events can be subscribed to by them alone.
      aggregateId: recipientId,
      actorId: event.actorId,
      causationId: event.id,
      payload: { __typename: 'Notification', id, revision: 1, recipientId, kind },
    });
  }
}
