/** How long a spent refresh token counts as the second of two questions that were asked at once. */
export const REUSE_GRACE_MS = 10_000;

/** What is known of a refresh token that somebody presents. */
export interface PresentedToken {
  readonly expiresAt: Date;
  readonly spentAt: Date | null;
  /** When its session was revoked. */
  readonly revokedAt: Date | null;
}

/** `rotate`: give the next pair. `raced`: change nothing. `stolen`: end the session. `ended`: it is over already. */
export type RefreshVerdict = 'rotate' | 'raced' | 'stolen' | 'ended';

/**
 * Judges a refresh token (RFC 9700, section 4.14.2). The grace gives nothing away: a copy that is used within it gets
 * no tokens, and a copy that is used before its owner makes the owner's own use end the session.
 */
export function judgeRefresh(token: PresentedToken, now: Date): RefreshVerdict {
  if (token.revokedAt !== null || token.expiresAt <= now) return 'ended';
  if (token.spentAt === null) return 'rotate';
  return now.getTime() - token.spentAt.getTime() <= REUSE_GRACE_MS ? 'raced' : 'stolen';
}
