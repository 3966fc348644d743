import { mayChangeMeeting } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import { type ConsentRule, mayRecord } from '../domain/recording-consent.ts';

/**
 * Whether somebody who may see the meeting may hear its recordings: who takes part in it, ADMIN and MANAGER, as long as the
 * participants agree as the rule asks. A share of the meeting is one of its words, not of the voices.
 */
export function mayHear(rule: ConsentRule, viewer: Viewer, meeting: MeetingState): boolean {
  return mayRecord(rule, meeting) && mayChangeMeeting(viewer, meeting, { right: 'PARTICIPATE' });
}
