import type { Channel } from './preferences.ts';

/** How the sending of one message went. */
export type Outcome =
  /** SENT: a provider took it. DELIVERED: the receiver itself did. SPOOLED: written to a file, nobody has it yet. */
  | {
      readonly state: 'SENT' | 'DELIVERED' | 'SPOOLED';
      readonly messageId: string | null;
      readonly responseStatus?: number;
    }
  /** `error` is a code or a status, never text of somebody else. */
  | {
      readonly state: 'FAILED';
      readonly error: string;
      readonly retryable: boolean;
      readonly responseStatus?: number;
      /** What the receiver asked for. */
      readonly retryAfterMs?: number;
    }
  /** It is not to be sent any more. */
  | { readonly state: 'SUPPRESSED'; readonly error: string }
  /** Not now, and that was no attempt. `onTime`: its time was not yet, so that it is not late either. */
  | { readonly state: 'LATER'; readonly at: Date; readonly onTime: boolean };

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const PERSONAL_LADDER = [30 * SECOND, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE];

/** Pauses between attempts; one more attempt than pauses. */
const LADDERS: Readonly<Record<Channel, readonly number[]>> = {
  IN_APP: [],
  EMAIL: PERSONAL_LADDER,
  SMS: PERSONAL_LADDER,
  WEBHOOK: [10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR],
};

const LONGEST_WISH_MS = 24 * HOUR;

/** Messages to people are of no use later than that; see {@link isExpired}. */
const PERSONAL_LIFE_MS = 30 * MINUTE;

/** Waiting deliveries of one workspace (to people) or one endpoint (webhooks); one more is suppressed. */
export const MAX_WAITING = 2_000;

/** An endpoint that has done nothing but fail for so long is switched off. */
export const FAILING_ENDPOINT_MS = 5 * 24 * HOUR;

/** Events older than that are told in the app alone: whoever rebuilds a database does not write to everybody. */
export const NEWS_MS = 24 * HOUR;

/**
 * How long to wait after the `attempt`th attempt (from 1) has failed; null when it was the last.
 * @param spread 0 to 1: lengthens the pause by up to a fifth, so that what failed together does not come back together.
 */
export function pauseAfter(channel: Channel, attempt: number, spread: number, wishMs = 0): number | null {
  const pause = LADDERS[channel][attempt - 1];
  if (pause === undefined) return null;
  return Math.max(Math.round(pause * (1 + spread / 5)), Math.min(wishMs, LONGEST_WISH_MS));
}

/** Attempts at most; more have only those whose workers died. */
export function maxAttempts(channel: Channel): number {
  return LADDERS[channel].length + 1;
}

/** True for a message to a person that should have gone out more than 30 minutes ago. */
export function isExpired(channel: Channel, dueAt: Date, now: Date): boolean {
  return channel !== 'WEBHOOK' && now.getTime() - dueAt.getTime() > PERSONAL_LIFE_MS;
}

/** Whether a call that was answered with this HTTP status may succeed later. */
export function isRetryableStatus(status: number): boolean {
  return status >= 500 || status === 429 || status === 408 || status === 425;
}
