import { createHmac, timingSafeEqual } from 'node:crypto';
import { ROLES } from '@hoerok/shared/auth';
import { z } from 'zod';

const claims = z.object({
  recordingId: z.string(),
  workspaceId: z.string(),
  /** Whose link it is: what they may see is looked up again whenever it is used. */
  userId: z.string(),
  role: z.enum(ROLES),
  /** Milliseconds since the epoch. */
  expiresAtMs: z.number(),
});

/** What a link to a recording permits: hearing it, for one person, until then. */
export type PlaybackClaims = Readonly<z.output<typeof claims>>;

/** A token that stands for the claims: `<claims>.<HMAC-SHA256>`, safe in a URL. */
export function signPlaybackToken(key: string, given: PlaybackClaims): string {
  const body = Buffer.from(JSON.stringify(given)).toString('base64url');
  return `${body}.${mac(key, body)}`;
}

/** The claims of a token that one of the keys has signed; null for any other text. */
export function readPlaybackToken(keys: readonly string[], token: string): PlaybackClaims | null {
  const [body = '', signature = ''] = token.split('.');
  if (!keys.some((key) => equal(mac(key, body), signature))) return null;
  return claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
}

function mac(key: string, body: string): string {
  return createHmac('sha256', key).update(`playback.v1\n${body}`).digest('base64url');
}

function equal(expected: string, actual: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(actual);
  return left.length === right.length && timingSafeEqual(left, right);
}
