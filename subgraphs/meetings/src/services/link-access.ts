import type { Viewer } from '@hoerok/shared/auth';
import { meetingUpdated } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import type { DataSource, EntityManager } from 'typeorm';
import { isLive } from '../domain/share.ts';
import type { ShareLinks } from '../domain/share-link.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MeetingShare } from '../entities/meeting-share.entity.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { shareRepository } from '../repositories/share-repository.ts';
import { acceptShareLinkInput } from './share-input.ts';
import { announceMeeting } from './meeting-events.ts';
import { recordShareChange } from './share-meeting.ts';

/** A share whose link is good, and its meeting. */
export interface LinkedMeeting {
  readonly share: MeetingShare;
  readonly meeting: Meeting;
}

/**
 * The other side of a share: links and those who open them. For services alone, in whose workspace the share has to be.
 */
export interface LinkAccess {
  /** Null when the link does not work. */
  readonly ofLink: (viewer: Viewer, token: string) => Promise<LinkedMeeting | null>;
  /**
   * From now on this user holds the share. Idempotent.
   * @throws AppError `SHARE_ENDED` for a link that was revoked, has run out, or was never one; which of them is not said.
   */
  readonly accept: (viewer: Viewer, input: unknown) => Promise<LinkedMeeting>;
  /** A share with what its invitation needs; null when it has ended. */
  readonly invitation: (viewer: Viewer, shareId: string) => Promise<LinkedMeeting | null>;
}

/** What {@link createLinkAccess} needs. */
export interface LinkAccessDeps {
  readonly transact: Transact;
  readonly dataSource: DataSource;
  readonly links: ShareLinks;
  readonly clock: () => Date;
}

/** Builds {@link LinkAccess}. */
export function createLinkAccess(deps: LinkAccessDeps): LinkAccess {
  const { transact, dataSource, links, clock } = deps;
  const read = (viewer: Viewer, shareId: string): Promise<LinkedMeeting | null> =>
    findLive(dataSource.manager, { workspaceId: viewer.workspaceId, shareId }, clock());
  return {
    ofLink: async (viewer, token) => {
      const shareId = shareIdOf(links, viewer, token);
      const linked = shareId === null ? null : await read(viewer, shareId);
      return linked?.share.email == null ? null : linked;
    },
    accept: async (viewer, input) => {
      const { token, userId } = decodeInput(acceptShareLinkInput, input);
      const shareId = shareIdOf(links, viewer, token);
      if (shareId === null) throw ended();
      return await transact(async (tx) => {
        const key = { workspaceId: viewer.workspaceId, shareId };
        const found = await findLive(tx, key, clock());
        if (found === null || found.share.email === null) throw ended();
        const meeting = await meetingRepository(tx, viewer.workspaceId).findForUpdate(found.meeting.id);
        const linked = await findLive(tx, key, clock());
        if (meeting === null || linked === null) throw ended();
        return await acceptAs(tx, { share: linked.share, meeting }, { userId, now: clock() });
      });
    },
    invitation: (viewer, shareId) => read(viewer, shareId),
  };
}

function shareIdOf(links: ShareLinks, viewer: Viewer, token: string): string | null {
  const linked = links.read(token);
  return linked?.workspaceId === viewer.workspaceId ? linked.shareId : null;
}

async function findLive(
  tx: EntityManager,
  { workspaceId, shareId }: { readonly workspaceId: string; readonly shareId: string },
  now: Date,
): Promise<LinkedMeeting | null> {
  const share = await shareRepository(tx, workspaceId).find(shareId);
  if (share === null || !isLive(share, now)) return null;
  const [meeting] = await meetingRepository(tx, workspaceId).findMany([share.meetingId]);
  return meeting === undefined ? null : { share, meeting };
}

async function acceptAs(
  tx: EntityManager,
  { share, meeting }: LinkedMeeting,
  { userId, now }: { readonly userId: string; readonly now: Date },
): Promise<LinkedMeeting> {
  // A link is for one person: who has another address gets another.
  if (share.userId !== null && share.userId !== userId) throw ended();
  const shares = shareRepository(tx, meeting.workspaceId);
  const others = (await shares.ofMeetings([meeting.id])).filter(({ id }) => id !== share.id);
  const other = others.find((one) => one.userId === userId);
  // Shared with this person by another way meanwhile: one share for each person is enough.
  if (other !== undefined && isLive(other, now)) return { share: other, meeting };
  if (other !== undefined) await shares.delete(other.id);
  const held = { ...share, userId, openedAt: share.openedAt ?? now };
  await recordShareChange(tx, held, { kind: 'OPENED', actorId: userId, at: now });
  if (share.userId === userId && share.openedAt !== null) return { share, meeting };
  await shares.update(held);
  const changed = { ...meeting, revision: meeting.revision + 1 };
  await meetingRepository(tx, meeting.workspaceId).update(changed);
  await announceMeeting(tx, meetingUpdated, { meeting: changed, actorId: userId });
  return { share: held, meeting: changed };
}

function ended(): AppError {
  return new AppError('SHARE_ENDED', 'This link does not work, or not any more.', {
    logLevel: 'debug',
    extensions: { path: ['token'] },
  });
}
