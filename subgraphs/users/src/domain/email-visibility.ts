import type { Viewer } from '@hoerok/shared/auth';

/** A GUEST sees no address but its own; everyone else of the workspace, and our own services, see all. */
export function maySeeEmails(viewer: Viewer): boolean {
  return viewer.kind === 'service' || viewer.role !== 'GUEST';
}

/**
 * Whether `viewer` may read the address of a person. Nobody signed in (`null`) reads a person only as the answer to its
 * own sign-in.
 */
export function maySeeEmailOf(viewer: Viewer | null, userId: string): boolean {
  return viewer === null || maySeeEmails(viewer) || (viewer.kind === 'user' && viewer.userId === userId);
}
