import type { NotificationKind } from './notification-kind.ts';

/** Ways of reaching one person. */
export const PERSONAL_CHANNELS = ['IN_APP', 'EMAIL', 'SMS'] as const;
export type PersonalChannel = (typeof PERSONAL_CHANNELS)[number];

/** Ways of telling; a webhook tells a program of the workspace, not a person. */
export type Channel = PersonalChannel | 'WEBHOOK';

/** A part of the day in which no e-mail and no SMS is sent. */
export interface QuietHours {
  /** `HH:MM` by the clock of the person. */
  readonly from: string;
  /** Earlier than `from` means on the next day. */
  readonly to: string;
}

/** How somebody wants to be told. */
export interface Preferences {
  /** What differs from the channels that {@link channelsFor} gives by default. */
  readonly channels: Readonly<Partial<Record<NotificationKind, readonly PersonalChannel[]>>>;
  readonly quietHours: QuietHours | null;
  /** DAILY: e-mails wait for one at 08:00 by the clock of the person. */
  readonly digest: 'INSTANT' | 'DAILY';
  /** BCP 47 tag for e-mail and SMS; null for the locale of the person's profile. */
  readonly language: string | null;
  /** E.164; null when the person gave none. */
  readonly phone: string | null;
}

/** Those of somebody who never set any. */
export const DEFAULT_PREFERENCES: Preferences = Object.freeze({
  channels: {},
  quietHours: null,
  digest: 'INSTANT',
  language: null,
  phone: null,
});

/** What asks for something, or is what everybody waits for. */
const BY_EMAIL: readonly NotificationKind[] = [
  'MEETING_CREATED',
  'MEETING_CANCELED',
  'MEETING_SHARED',
  'VERIFICATION_REQUESTED',
  'MINUTES_READY',
  'TODO_ASSIGNED',
  'TODO_DUE',
  'WEBHOOK_DISABLED',
];

/** The channels of a kind for this person. Everything is in the app; what needs an answer comes by e-mail, too. */
export function channelsFor({ channels }: Preferences, kind: NotificationKind): readonly PersonalChannel[] {
  return channels[kind] ?? (BY_EMAIL.includes(kind) ? ['IN_APP', 'EMAIL'] : ['IN_APP']);
}

/** True when `HH:MM` lies in the quiet hours: their first minute does, their last does not. */
export function isQuiet({ from, to }: QuietHours, time: string): boolean {
  return from <= to ? from <= time && time < to : from <= time || time < to;
}
