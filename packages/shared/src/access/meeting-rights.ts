import { seesWholeWorkspace, type Viewer } from '../auth/index.ts';
import type { MeetingShare, MeetingState } from '../contracts/index.ts';
import { AppError } from '../errors/index.ts';

/**
 * What somebody may do with the things of a meeting beyond reading them. Participants, ADMIN and MANAGER have them all, as far
 * as their role goes; a share of VERIFY gives the first two, one of COMMENT the first, one of READ none.
 */
export type MeetingRight = 'COMMENT' | 'VERIFY' | 'PARTICIPATE';

/** What the rules read of a meeting. */
export type MeetingDoors = Pick<MeetingState, 'organizerId' | 'participantUserIds' | 'shares'>;

/** True when the viewer takes part in the meeting, sees the whole workspace, or holds a share that has not run out at `now`. */
export function maySeeMeeting(viewer: Viewer, meeting: MeetingDoors, now: Date = new Date()): boolean {
  return takesPart(viewer, meeting) || liveShareOf(viewer, meeting, now) !== undefined;
}

/** True when the viewer has the right in this meeting at `now`. */
export function mayChangeMeeting(
  viewer: Viewer,
  meeting: MeetingDoors,
  { right, now = new Date() }: { readonly right: MeetingRight; readonly now?: Date },
): boolean {
  if (takesPart(viewer, meeting)) return true;
  const share = liveShareOf(viewer, meeting, now);
  return share !== undefined && GIVEN[share.access].includes(right);
}

/**
 * For mutations on a meeting that the viewer may see.
 * @throws AppError `FORBIDDEN` when the viewer lacks the right.
 */
export function requireRight(
  viewer: Viewer,
  meeting: MeetingDoors,
  wanted: { readonly right: MeetingRight; readonly now?: Date },
): void {
  if (mayChangeMeeting(viewer, meeting, wanted)) return;
  throw new AppError('FORBIDDEN', 'The meeting is shared with you, but not for this.', { logLevel: 'debug' });
}

/**
 * SQL for "this user may see the meeting whose state is in `state`", as {@link maySeeMeeting} has it for who does not see the
 * whole workspace; in one line, for TypeORM recognizes a property path by what stands around it.
 */
export function seesMeetingSql(state: string, user: string): string {
  const live = `(held ->> 'expiresAt' IS NULL OR (held ->> 'expiresAt')::timestamptz > now())`;
  const shared = `EXISTS (SELECT 1 FROM jsonb_array_elements(${state} -> 'shares') held WHERE held ->> 'userId' = ${user} AND ${live})`;
  return `(${state} ->> 'organizerId' = ${user} OR ${state} -> 'participantUserIds' ? ${user} OR ${shared})`;
}

const GIVEN: Readonly<Record<MeetingShare['access'], readonly MeetingRight[]>> = {
  READ: [],
  COMMENT: ['COMMENT'],
  VERIFY: ['COMMENT', 'VERIFY'],
};

function takesPart(viewer: Viewer, { organizerId, participantUserIds }: MeetingDoors): boolean {
  if (viewer.kind === 'service' || seesWholeWorkspace(viewer)) return true;
  return organizerId === viewer.userId || participantUserIds.includes(viewer.userId);
}

function liveShareOf(viewer: Viewer, { shares = [] }: MeetingDoors, now: Date): MeetingShare | undefined {
  if (viewer.kind === 'service') return undefined;
  return shares.find(
    ({ userId, expiresAt }) =>
      userId === viewer.userId && (expiresAt === null || new Date(expiresAt).getTime() > now.getTime()),
  );
}
