import type { MeetingAccess } from '@hoerok/shared/access';
import type { MeetingState } from '@hoerok/shared/contracts';
import { type ConsentRule, mayRecord } from '../domain/recording-consent.ts';
import { refusal } from './refusals.ts';

/**
 * For whatever takes a recording, gives it out or works on it.
 * @throws AppError `CONSENT_REFUSED` when participants do not agree as the rule asks.
 */
export function requireConsent(rule: ConsentRule, meeting: MeetingState, path: readonly string[]): void {
  if (mayRecord(rule, meeting)) return;
  const message =
    rule === 'all'
      ? 'Not everybody who takes part in the meeting has agreed to being recorded.'
      : 'Somebody who takes part in the meeting does not agree to being recorded.';
  throw refusal('CONSENT_REFUSED', message, path);
}

/**
 * The meeting of a recording as the service itself sees it: the rights of who asks were checked when they were given a ticket,
 * or when a task was accepted.
 * @returns undefined for one that is gone, or whose deletion has begun.
 */
export async function meetingOfRecording(
  deps: { readonly service: string; readonly access: MeetingAccess },
  recording: { readonly workspaceId: string; readonly meetingId: string; readonly createdBy: string },
): Promise<MeetingState | undefined> {
  const { workspaceId, meetingId } = recording;
  const viewer = {
    kind: 'service',
    service: deps.service,
    workspaceId,
    onBehalfOf: recording.createdBy,
  } as const;
  return (await deps.access.visible(viewer, [meetingId])).get(meetingId);
}
