import type { DataSource } from 'typeorm';
import { isExpired, maxAttempts, type Outcome } from '../domain/attempts.ts';
import { languageFor } from '../domain/messages.ts';
import type { Language } from '../domain/notification-kind.ts';
import { type Channel, channelsFor, type Preferences } from '../domain/preferences.ts';
import type { Delivery } from '../entities/delivery.entity.ts';
import type { Notification } from '../entities/notification.entity.ts';
import { deliveryRepository } from '../repositories/delivery-repository.ts';
import { readNotifications } from '../repositories/notification-repository.ts';
import { preferencesRepository } from '../repositories/preferences-repository.ts';
import type { Addressee, Addressees } from './addressees.ts';
import type { Attempt, Prepare } from './courier.ts';
import { endOfQuiet } from './local-time.ts';

/** How soon one that cannot be addressed for now is looked at again. */
const AGAIN_MS = 15_000;

/** A message that is to go to somebody now. */
export interface Message {
  readonly delivery: Delivery;
  /** Null for a digest. */
  readonly notification: Notification | null;
  readonly person: Addressee;
  readonly preferences: Preferences;
}

/** Sends a message to somebody. */
export type SendToPerson = (message: Message) => Promise<Attempt>;

/** What all messages of a batch need to be known. */
interface Known {
  readonly notifications: ReadonlyMap<string, Notification>;
  readonly hidden: ReadonlySet<string>;
  readonly preferences: ReadonlyMap<string, Preferences>;
  /** Null while the users domain does not answer. */
  readonly people: ReadonlyMap<string, Addressee> | null;
}

/** What {@link preparePersonal} needs. */
export interface PersonalDeps {
  readonly dataSource: DataSource;
  readonly addressees: Addressees;
  readonly clock: () => Date;
  /** Name of what sends, for attempts that it is not asked for. */
  readonly provider: string;
  readonly send: SendToPerson;
}

/** Looks up whom a batch goes to, and lets go what may go now: not what is read, old, hidden or for somebody who has left. */
export function preparePersonal(deps: PersonalDeps): Prepare {
  return async (batch) => {
    const byWorkspace = new Map<string, Known>();
    for (const [workspaceId, deliveries] of Map.groupBy(batch, (delivery) => delivery.workspaceId))
      byWorkspace.set(workspaceId, await look(deps, workspaceId, deliveries));
    return async (delivery) => {
      const known = byWorkspace.get(delivery.workspaceId);
      const found = known === undefined ? suppressed('GONE') : find(delivery, known, deps.clock());
      return 'delivery' in found ? await deps.send(found) : { provider: deps.provider, outcome: found };
    };
  };
}

async function look(
  { dataSource: { manager }, addressees }: PersonalDeps,
  workspaceId: string,
  batch: readonly Delivery[],
): Promise<Known> {
  const recipients = [...new Set(batch.flatMap(({ recipientId }) => recipientId ?? []))];
  const ids = batch.flatMap(({ notificationId }) => notificationId ?? []);
  const meetings = batch.flatMap(({ meetingId }) => meetingId ?? []);
  const rows = await readNotifications(manager, workspaceId, ids);
  return {
    notifications: new Map(rows.map((row) => [row.id, row])),
    hidden: await deliveryRepository(manager).hiddenAmong(meetings),
    preferences: await preferencesRepository(manager, workspaceId).of(recipients),
    people: await addressees.of(workspaceId, recipients).catch(() => null),
  };
}

function find(delivery: Delivery, known: Known, now: Date): Message | Outcome {
  const { channel, attempts, dueAt, meetingId, notificationId, recipientId } = delivery;
  const notification = notificationId === null ? null : (known.notifications.get(notificationId) ?? null);
  const preferences = known.preferences.get(recipientId ?? '');
  if (preferences === undefined || (notificationId !== null && notification === null))
    return suppressed('GONE');
  if (notification !== null && notification.readAt !== null) return suppressed('READ');
  if (notification !== null && !wants(preferences, notification, channel)) return suppressed('UNWANTED');
  // What is hidden may be shown again.
  if (meetingId !== null && known.hidden.has(meetingId)) return later(now, true);
  if (isExpired(channel, dueAt, now)) return { state: 'FAILED', error: 'EXPIRED', retryable: false };
  if (attempts > maxAttempts(channel)) return { state: 'FAILED', error: 'CRASH_LOOP', retryable: false };
  if (known.people === null) return later(now, false);
  const person = known.people.get(recipientId ?? '');
  if (person === undefined || !person.active) return suppressed('INACTIVE');
  const quietUntil = endOfQuiet(preferences.quietHours, person.timeZone, now);
  if (quietUntil !== null) return { state: 'LATER', at: quietUntil, onTime: true };
  return { delivery, notification, person, preferences };
}

/** The language somebody is written to in: their own choice, that of their profile, else that of the meeting. */
export function languageOf({ person, preferences, notification }: Message): Language {
  return languageFor(preferences.language ?? (person.locale || (notification?.language ?? 'en')));
}

/** False once the person has switched the channel off for what is still waiting. */
export function wants(preferences: Preferences, { kind }: Notification, channel: Channel): boolean {
  return channel !== 'WEBHOOK' && channelsFor(preferences, kind).includes(channel);
}

function suppressed(error: string): Outcome {
  return { state: 'SUPPRESSED', error };
}

function later(now: Date, onTime: boolean): Outcome {
  return { state: 'LATER', at: new Date(now.getTime() + AGAIN_MS), onTime };
}
