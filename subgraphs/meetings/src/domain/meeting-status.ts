import type { MeetingStatus } from '@hoerok/shared/contracts';
import { AppError } from '@hoerok/shared/errors';

export type { MeetingStatus } from '@hoerok/shared/contracts';

/** What can happen to a meeting as a whole. */
export type MeetingStep = 'start' | 'end' | 'cancel';

const STEPS: Readonly<Record<MeetingStep, Partial<Record<MeetingStatus, MeetingStatus>>>> = {
  start: { SCHEDULED: 'LIVE' },
  end: { LIVE: 'ENDED' },
  cancel: { SCHEDULED: 'CANCELED', LIVE: 'CANCELED' },
};

const TARGETS: Readonly<Record<MeetingStep, MeetingStatus>> = {
  start: 'LIVE',
  end: 'ENDED',
  cancel: 'CANCELED',
};

/** Statuses out of which a meeting may end whose planned start is past: it was held without our knowing. */
const HELD_ELSEWHERE: readonly MeetingStatus[] = ['SCHEDULED'];

/**
 * The status after a step; null when the meeting is there already, so that repeating a step changes nothing.
 * @throws AppError `WRONG_STATE` when the step does not lead out of this status.
 */
export function statusAfter(
  status: MeetingStatus,
  step: MeetingStep,
  { isDue = false }: { readonly isDue?: boolean } = {},
): MeetingStatus | null {
  if (status === TARGETS[step]) return null;
  if (step === 'end' && isDue && HELD_ELSEWHERE.includes(status)) return TARGETS.end;
  const next = STEPS[step][status];
  if (next === undefined) {
    throw new AppError('WRONG_STATE', `A meeting that is ${status} cannot be ${PAST[step]}.`, {
      logLevel: 'debug',
    });
  }
  return next;
}

const PAST: Readonly<Record<MeetingStep, string>> = { start: 'started', end: 'ended', cancel: 'canceled' };

/** True once nothing more will be said in the meeting. */
export function isClosed(status: MeetingStatus): boolean {
  return status === 'ENDED' || status === 'CANCELED';
}
