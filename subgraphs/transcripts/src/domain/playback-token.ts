import { readClaims, signClaims } from '@hoerok/shared/auth';
import { z } from 'zod';

const claims = z.object({
  recordingId: z.string(),
  workspaceId: z.string(),
  /** Whose link it is: who they are and what they may hear is looked up again whenever it is used. */
  userId: z.string(),
  /** Milliseconds since the epoch. */
  expiresAtMs: z.number(),
});

/** What a link to a recording permits: hearing it, for one person, until then. */
export type PlaybackClaims = Readonly<z.output<typeof claims>>;

const PURPOSE = 'playback.v1';

/** A token that stands for the claims. */
export function signPlaybackToken(key: string, given: PlaybackClaims): string {
  return signClaims(key, PURPOSE, given);
}

/** The claims of a token that one of the keys has signed; null for any other text. */
export function readPlaybackToken(keys: readonly string[], token: string): PlaybackClaims | null {
  return claims.optional().parse(readClaims(keys, PURPOSE, token)) ?? null;
}
