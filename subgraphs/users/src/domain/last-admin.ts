import type { Role } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';

/** What decides whether somebody is an acting ADMIN. */
export interface Standing {
  readonly role: Role;
  readonly active: boolean;
}

/**
 * A workspace keeps an acting ADMIN: nobody could make one again.
 * @throws AppError `CONFLICT` when the change takes the last one away.
 */
export function requireAdminLeft(change: {
  readonly before: Standing;
  readonly after: Standing;
  /** Acting ADMINs before the change. */
  readonly adminCount: number;
}): void {
  const { before, after, adminCount } = change;
  if (!isAdmin(before) || isAdmin(after) || adminCount > 1) return;
  throw new AppError('CONFLICT', 'This is the last ADMIN of the workspace; make somebody else ADMIN first.', {
    logLevel: 'debug',
    extensions: { path: ['userId'] },
  });
}

function isAdmin({ role, active }: Standing): boolean {
  return role === 'ADMIN' && active;
}
