import type { DataSource } from 'typeorm';
import { linkTo } from '../domain/links.ts';
import { composeMail, type MailEntry } from '../domain/mail.ts';
import { writeMessage } from '../domain/messages.ts';
import type { Language } from '../domain/notification-kind.ts';
import type { Notification } from '../entities/notification.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import { readNotifications } from '../repositories/notification-repository.ts';
import type { Mailer } from '../providers/mailer.ts';
import type { Attempt } from './courier.ts';
import { nextDigest } from './local-time.ts';
import { stillReadable, unreadable } from './still-readable.ts';
import { languageOf, type Message, type SendToPerson, wants } from './tell-person.ts';
import type { UnsubscribeLinks } from './unsubscribe-links.ts';

/** Entries that a digest shows; it counts the rest. */
const MAX_ENTRIES = 50;

const ADDRESS = /^[^\s<>(),;:\\"@]+@[^\s<>(),;:\\"@]+$/;

/** What {@link createSendMail} needs. */
export interface SendMailDeps {
  readonly dataSource: DataSource;
  readonly mailer: Mailer;
  readonly links: UnsubscribeLinks;
  /** Of the web application. */
  readonly appUrl: string | null;
  readonly clock: () => Date;
}

/** Sends one notification, or the digest of a day, by e-mail; leaves it to the next digest where that is wanted. */
export function createSendMail(deps: SendMailDeps): SendToPerson {
  const { provider } = deps.mailer;
  return async (message) => {
    const { person, preferences, notification, delivery } = message;
    if (notification === null) return await sendDigest(deps, message);
    const { manager } = deps.dataSource;
    const notifications = await stillReadable(manager, message, {
      notifications: [notification],
      now: deps.clock(),
    });
    if (notifications.length === 0) return { provider, outcome: unreadable(delivery, deps.clock()) };
    if (preferences.digest === 'DAILY')
      return { provider, outcome: { state: 'HELD', ...nextDigest(person.timeZone, deps.clock()) } };
    const { workspaceId } = delivery;
    const stop = { workspaceId, userId: person.id, kind: notification.kind };
    return await send(deps, message, { notifications, digest: false, stop });
  };
}

async function sendDigest(deps: SendMailDeps, message: Message): Promise<Attempt> {
  const { id, workspaceId } = message.delivery;
  const { manager } = deps.dataSource;
  const held = await deliveryRepository(manager).heldFor(id);
  const ids = held.flatMap(({ notificationId }) => notificationId ?? []);
  const notifications = await readNotifications(manager, workspaceId, ids);
  const { preferences } = message;
  const wanted = notifications.filter((one) => one.readAt === null && wants(preferences, one, 'EMAIL'));
  const unread = await stillReadable(manager, message, { notifications: wanted, now: deps.clock() });
  const tellable = new Set(unread.map((one) => one.id));
  const toldIds = held.filter((one) => tellable.has(one.notificationId ?? '')).map((one) => one.id);
  const readIds = held.map((one) => one.id).filter((one) => !toldIds.includes(one));
  const read = { state: 'SUPPRESSED', lastError: 'READ' } as const;
  if (readIds.length > 0) await deliveryRepository(manager).settleHeld(id, read, readIds);
  if (unread.length === 0)
    return { provider: deps.mailer.provider, outcome: { state: 'SUPPRESSED', error: 'NOTHING_NEW' } };
  const stop = { workspaceId, userId: message.person.id, kind: null };
  return { ...(await send(deps, message, { notifications: unread, digest: true, stop })), toldIds };
}

async function send(
  { mailer, links, appUrl }: SendMailDeps,
  message: Message,
  content: {
    readonly notifications: readonly Notification[];
    readonly digest: boolean;
    readonly stop: Parameters<UnsubscribeLinks['to']>[0];
  },
): Promise<Attempt> {
  const { provider } = mailer;
  const { email } = message.person;
  if (email === null || !ADDRESS.test(email))
    return { provider, outcome: { state: 'SUPPRESSED', error: 'NO_ADDRESS' } };
  const language = languageOf(message);
  const shown = content.notifications.slice(0, MAX_ENTRIES).map((one) => entryOf(one, language, appUrl));
  const [first, ...others] = shown;
  if (first === undefined) return { provider, outcome: { state: 'SUPPRESSED', error: 'NOTHING_NEW' } };
  const unsubscribeUrl = links.to(content.stop);
  const mail = composeMail({
    language,
    entries: [first, ...others],
    digest: content.digest,
    more: content.notifications.length - shown.length,
    unsubscribeUrl,
  });
  const { id } = message.delivery;
  return { provider, outcome: await mailer.send({ ...mail, id, to: email, unsubscribeUrl }) };
}

function entryOf(notification: Notification, language: Language, appUrl: string | null): MailEntry {
  const { kind, parameters, meetingId, subjectType, subjectId } = notification;
  const subject =
    subjectType === null || subjectId === null ? null : { __typename: subjectType, id: subjectId };
  return { ...writeMessage(kind, parameters, language), link: linkTo(appUrl, { subject, meetingId }) };
}
