import { randomUUIDv7 } from 'node:crypto';
import type { People } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import { meetingShared, meetingUpdated } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError, type ErrorCode } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { linkEndsAt, MAX_SHARES, mayShare, type ShareChangeKind } from '../domain/share.ts';
import type { Meeting } from '../entities/meeting.entity.ts';
import type { MeetingShare } from '../entities/meeting-share.entity.ts';
import { meetingRepository } from '../repositories/meeting-repository.ts';
import { shareRepository } from '../repositories/share-repository.ts';
import { commitChange, notFound } from './change-meeting.ts';
import { changeShareInput, shareMeetingInput } from './share-input.ts';

/** A share and its meeting, as they are then. */
export interface Shared {
  readonly share: MeetingShare;
  readonly meeting: Meeting;
}

/**
 * Lets people see a meeting who do not take part in it; for its organizer, ADMIN and MANAGER. Others who see the meeting get
 * `FORBIDDEN`, who does not see it `NOT_FOUND`.
 */
export interface ShareMeeting {
  /**
   * One share for each person and meeting: again with the same person it changes the one that is there.
   * @throws AppError `BAD_INPUT`; `CONFLICT` for who takes part anyway.
   */
  readonly share: (viewer: UserViewer, input: unknown) => Promise<Shared>;
  readonly change: (viewer: UserViewer, input: unknown) => Promise<Shared>;
  /** Everywhere at once; what its holder has open is closed, and its link works no more. */
  readonly revoke: (viewer: UserViewer, shareId: string) => Promise<Shared>;
}

/** What {@link createShareMeeting} needs. */
export interface ShareMeetingDeps {
  readonly transact: Transact;
  readonly people: People;
  readonly clock: () => Date;
}

type Holder = Pick<MeetingShare, 'userId' | 'email'>;

/** Builds {@link ShareMeeting}. */
export function createShareMeeting(deps: ShareMeetingDeps): ShareMeeting {
  return {
    share: async (viewer, input) => {
      const wanted = decodeInput(shareMeetingInput, input);
      const now = deps.clock();
      requireFuture(wanted.expiresAt, now);
      // Before anybody is asked about addresses: only who may share learns which of them have accounts.
      await deps.transact((tx) => requireShareable(tx, viewer, wanted.meetingId));
      const holder = await holderOf(deps.people, viewer, wanted);
      return await deps.transact((tx) => {
        const expiresAt = wanted.expiresAt ?? (holder.email === null ? null : linkEndsAt(now));
        const terms = { access: wanted.access, expiresAt, message: wanted.message ?? null };
        return shareWith(tx, viewer, { ...wanted, now, holder, terms });
      });
    },
    change: async (viewer, input) => {
      const wanted = decodeInput(changeShareInput, input);
      const now = deps.clock();
      requireFuture(wanted.expiresAt, now);
      return await deps.transact(async (tx) => {
        const { share, meeting } = await requireShare(tx, viewer, wanted.shareId);
        const changed = {
          ...share,
          access: wanted.access ?? share.access,
          expiresAt: wanted.expiresAt === undefined ? share.expiresAt : wanted.expiresAt,
          endToldAt: null,
        };
        await shareRepository(tx, viewer.workspaceId).update(changed);
        return await tell(tx, viewer, { kind: 'CHANGED', share: changed, meeting, now });
      });
    },
    revoke: (viewer, shareId) =>
      deps.transact(async (tx) => {
        const { share, meeting } = await requireShare(tx, viewer, shareId);
        await shareRepository(tx, viewer.workspaceId).delete(shareId);
        return await tell(tx, viewer, { kind: 'REVOKED', share, meeting, now: deps.clock() });
      }),
  };
}

async function holderOf(
  people: People,
  { workspaceId, userId: viewerId }: UserViewer,
  wanted: { readonly userId?: string | null | undefined; readonly email?: string | null | undefined },
): Promise<Holder> {
  if (wanted.userId != null) {
    await people.requireUsers(workspaceId, [wanted.userId], ['userId']);
    if (wanted.userId === viewerId) throw takesPart();
    return { userId: wanted.userId, email: null };
  }
  const email = wanted.email ?? '';
  const account = await people.findByEmail(workspaceId, email);
  // A guest who came by a link has no password: the link stays the way in.
  if (account?.role === 'GUEST') return { userId: account.id, email };
  return account === null ? { userId: null, email } : { userId: account.id, email: null };
}

async function shareWith(
  tx: EntityManager,
  viewer: UserViewer,
  wanted: {
    readonly meetingId: string;
    readonly holder: Holder;
    readonly terms: Pick<MeetingShare, 'access' | 'expiresAt' | 'message'>;
    readonly now: Date;
  },
): Promise<Shared> {
  const { holder, terms, now } = wanted;
  const meeting = await requireShareable(tx, viewer, wanted.meetingId);
  const participants = await meetingRepository(tx, viewer.workspaceId).participantsOf([meeting.id]);
  if (participants.some(({ userId }) => userId !== null && userId === holder.userId)) throw takesPart();
  const shares = shareRepository(tx, viewer.workspaceId);
  const all = await shares.ofMeetings([meeting.id]);
  const known = all.find((share) => isOf(share, holder));
  if (known !== undefined) {
    const share = { ...known, ...terms, endToldAt: null };
    await shares.update(share);
    return await tell(tx, viewer, { kind: 'CHANGED', share, meeting, now });
  }
  if (all.length >= MAX_SHARES)
    throw refusal('BAD_INPUT', `A meeting takes ${MAX_SHARES} shares.`, 'meetingId');
  const share = newShare(viewer, { meetingId: meeting.id, ...holder, ...terms, createdAt: now });
  await shares.insert(share);
  await addEvent(tx, {
    contract: meetingShared,
    workspaceId: viewer.workspaceId,
    aggregateId: share.id,
    actorId: viewer.userId,
    payload: {
      __typename: 'MeetingShare',
      id: share.id,
      meetingId: meeting.id,
      userId: share.userId,
      access: share.access,
      sharedById: viewer.userId,
    },
  });
  return await tell(tx, viewer, { kind: 'SHARED', share, meeting, now });
}

function isOf(share: MeetingShare, { userId, email }: Holder): boolean {
  return (userId !== null && share.userId === userId) || (email !== null && share.email === email);
}

function newShare(
  viewer: UserViewer,
  given: Holder & Pick<MeetingShare, 'meetingId' | 'access' | 'expiresAt' | 'message' | 'createdAt'>,
): MeetingShare {
  return {
    ...given,
    id: randomUUIDv7(),
    workspaceId: viewer.workspaceId,
    sharedById: viewer.userId,
    openedAt: null,
    endToldAt: null,
  };
}

async function requireShareable(tx: EntityManager, viewer: UserViewer, meetingId: string): Promise<Meeting> {
  const meetings = meetingRepository(tx, viewer.workspaceId);
  const [visible] = await meetings.findVisible(viewer, [meetingId]);
  if (visible === undefined) throw notFound('meeting');
  if (!mayShare(viewer, visible)) {
    throw new AppError('FORBIDDEN', 'Only the organizer, a MANAGER or an ADMIN may share this meeting.', {
      logLevel: 'debug',
    });
  }
  const locked = await meetings.findForUpdate(meetingId);
  if (locked === null || locked.deletingAt !== null) throw notFound('meeting');
  return locked;
}

async function requireShare(tx: EntityManager, viewer: UserViewer, shareId: string): Promise<Shared> {
  const shares = shareRepository(tx, viewer.workspaceId);
  const found = await shares.find(shareId);
  if (found === null) throw notFound('share');
  const meeting = await requireShareable(tx, viewer, found.meetingId).catch((error: unknown) => {
    // A share of a meeting that is hidden is hidden like it.
    throw error instanceof AppError && error.code === 'NOT_FOUND' ? notFound('share') : error;
  });
  // Read again: somebody may have revoked it before the meeting was locked.
  const share = await shares.find(shareId);
  if (share === null) throw notFound('share');
  return { share, meeting };
}

/** Writes the share's history and tells all others of the meeting as it is now. */
async function tell(
  tx: EntityManager,
  viewer: UserViewer,
  change: Shared & { readonly kind: ShareChangeKind; readonly now: Date },
): Promise<Shared> {
  const { share, kind, now } = change;
  await recordShareChange(tx, share, { kind, actorId: viewer.userId, at: now });
  const meeting = await commitChange(tx, viewer, { meeting: change.meeting, contract: meetingUpdated });
  return { share, meeting };
}

/** Adds a line to the history of a meeting's shares. */
export async function recordShareChange(
  tx: EntityManager,
  share: MeetingShare,
  change: { readonly kind: ShareChangeKind; readonly actorId: string | null; readonly at: Date },
): Promise<void> {
  const { workspaceId, meetingId, userId, email, access, expiresAt } = share;
  await shareRepository(tx, workspaceId).addChange({
    id: randomUUIDv7(),
    shareId: share.id,
    meetingId,
    userId,
    email,
    access,
    expiresAt,
    ...change,
  });
}

function requireFuture(expiresAt: Date | null | undefined, now: Date): void {
  if (expiresAt != null && expiresAt <= now)
    throw refusal('BAD_INPUT', 'expiresAt: must be in the future.', 'expiresAt');
}

function takesPart(): AppError {
  return refusal('CONFLICT', 'This person takes part in the meeting and needs no share.', 'userId');
}

function refusal(code: ErrorCode, message: string, field: string): AppError {
  return new AppError(code, message, { logLevel: 'debug', extensions: { path: [field] } });
}
