import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ROLES, Viewer } from '@hoerok/shared/auth';

/** Who sends an operation, as far as limits go. */
export interface Asker {
  readonly viewer: Viewer | null;
  /** Address that anonymous clients are counted by. */
  readonly address: string | undefined;
  /** May introspect, send any operation, and is not counted. */
  readonly isAuditor: boolean;
  /** As the header `apollographql-client-name` says; it picks among operations that a manifest keeps for one client. */
  readonly clientName: string | undefined;
}

/** Tells whether somebody audits this gateway. */
export type IsAuditor = (viewer: Viewer | null, headers: IncomingHttpHeaders) => boolean;

/** Auditors are users of the role, and whoever has the token; without either there are none. */
export function createAudit({
  role,
  token,
}: {
  readonly role: (typeof ROLES)[number] | undefined;
  readonly token: string | undefined;
}): IsAuditor {
  const expected = token === undefined ? null : digest(token);
  return (viewer, headers) => {
    if (role !== undefined && viewer?.kind === 'user' && viewer.role === role) return true;
    const given = headers['x-audit-token'];
    return expected !== null && typeof given === 'string' && timingSafeEqual(digest(given), expected);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
