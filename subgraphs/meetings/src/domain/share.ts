import type { UserViewer } from '@hoerok/shared/auth';
import type { ShareAccess } from '@hoerok/shared/contracts';

/** Shares that one meeting may have. */
export const MAX_SHARES = 200;

/** What becomes of a share. */
export type ShareChangeKind = 'SHARED' | 'CHANGED' | 'REVOKED' | 'OPENED' | 'EXPIRED';

/** With whom a meeting is to be shared, and how. */
export interface ShareTerms {
  readonly access: ShareAccess;
  readonly expiresAt: Date | null;
}

const LINK_LIFE_MS = 30 * 24 * 3_600_000;

/**
 * True for the organizer, ADMIN and MANAGER. Presenters may not: who invites to a meeting and who hands on what was said in
 * it are not the same.
 */
export function mayShare(viewer: UserViewer, meeting: { readonly organizerId: string }): boolean {
  if (viewer.role === 'GUEST') return false;
  return meeting.organizerId === viewer.userId || viewer.role === 'ADMIN' || viewer.role === 'MANAGER';
}

/** When the share of somebody without an account ends if nobody says when: in 30 days. */
export function linkEndsAt(now: Date): Date {
  return new Date(now.getTime() + LINK_LIFE_MS);
}

/** True while the share counts. */
export function isLive({ expiresAt }: Pick<ShareTerms, 'expiresAt'>, now: Date): boolean {
  return expiresAt === null || expiresAt > now;
}
