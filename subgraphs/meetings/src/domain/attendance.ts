import type { ConsentState } from '@hoerok/shared/contracts';

export const ATTENDANCE_STATES = ['INVITED', 'ACCEPTED', 'DECLINED', 'PRESENT', 'ABSENT'] as const;

/** Whether somebody comes, and then whether they came. */
export type AttendanceState = (typeof ATTENDANCE_STATES)[number];

/** What the rules read and write of a participant. */
export interface Presence {
  readonly attendance: AttendanceState;
  readonly recordingConsent: ConsentState;
  /** First time. */
  readonly joinedAt: Date | null;
  /** Last time; null while they are there. */
  readonly leftAt: Date | null;
}

/** Of somebody who has just been invited. */
export const NEW_PRESENCE: Presence = {
  attendance: 'INVITED',
  recordingConsent: 'UNASKED',
  joinedAt: null,
  leftAt: null,
};

/** Somebody is there, for the first time or again. */
export function joined(presence: Presence, now: Date): Presence {
  return { ...presence, attendance: 'PRESENT', joinedAt: presence.joinedAt ?? now, leftAt: null };
}

/** Somebody has gone; who was there stays PRESENT. Nothing changes for who was not there. */
export function left(presence: Presence, now: Date): Presence {
  if (presence.joinedAt === null || presence.leftAt !== null) return presence;
  return { ...presence, leftAt: now };
}

/** When the meeting ends: who neither declined nor was set ABSENT counts as PRESENT, and nobody is there any more. */
export function afterEnd(presence: Presence, now: Date): Presence {
  const { attendance } = presence;
  const missed = attendance === 'DECLINED' || attendance === 'ABSENT';
  return { ...left(presence, now), attendance: missed ? 'ABSENT' : 'PRESENT' };
}

/** True for who was there, and while the meeting lasts for who has not left. */
export function isPresent(presence: Presence, ended: boolean): boolean {
  return presence.attendance === 'PRESENT' && (ended || presence.leftAt === null);
}
