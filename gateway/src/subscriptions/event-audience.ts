import { actorOf, type Viewer } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { valueAt } from './event-filter.ts';
import type { EventPayload } from './stored-event.ts';

/** Who may see a message. */
export interface Audience {
  /** Payload path of a user id, or a list of them; `null`: everyone of the workspace. */
  readonly path: readonly string[] | null;
  /** Path that counts in messages without anything at `path`, as those of before it was there. @default none */
  readonly otherwise?: readonly string[] | null;
  /** Roles that see every message of their workspace. */
  readonly roles: readonly string[];
}

/** True when the viewer is among those that a message is for; a service always is. */
export function isAudience(
  { path, otherwise = null, roles }: Audience,
  viewer: Viewer | null,
  payload: EventPayload,
): boolean {
  if (path === null || viewer?.kind === 'service') return true;
  if (viewer === null) return false;
  if (roles.includes(viewer.role)) return true;
  const value = valueAt(payload, path) ?? (otherwise === null ? undefined : valueAt(payload, otherwise));
  const viewerId = actorOf(viewer);
  return Array.isArray(value) ? value.includes(viewerId) : value === viewerId;
}

/** The one answer to a viewer who may not see an object and to one who asks for an object that does not exist. */
export function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is no such object here, or none that you may see.', {
    logLevel: 'debug',
  });
}
