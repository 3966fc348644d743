import { meetingUpdated } from '@hoerok/shared/contracts';
import type { EntityManager } from 'typeorm';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { findExpiredShares, takeExpiredShares } from '../repositories/share-repository.ts';
import { announceMeeting } from './meeting-events.ts';
import { recordShareChange } from './share-meeting.ts';

/** What one transaction may tell; the rest is told the next time. */
const MOST_AT_ONCE = 200;

/**
 * Tells of shares that have run out, so that what their holders have open is closed: they could read nothing new since that
 * moment, for it is compared whenever somebody asks. Idempotent: what has been told of is marked in the same transaction.
 */
export async function expireShares(tx: EntityManager, now: Date): Promise<void> {
  for (const { workspaceId, meetingId } of await findExpiredShares(tx, MOST_AT_ONCE)) {
    const meetings = meetingRepository(tx, workspaceId);
    const meeting = await meetings.findForUpdate(meetingId);
    if (meeting === null) continue;
    const shares = await takeExpiredShares(tx, meetingId);
    if (shares.length === 0) continue;
    for (const share of shares)
      await recordShareChange(tx, share, { kind: 'EXPIRED', actorId: null, at: now });
    const changed = { ...meeting, revision: meeting.revision + 1 };
    await meetings.update(changed);
    await announceMeeting(tx, meetingUpdated, { meeting: changed, actorId: null });
  }
}
