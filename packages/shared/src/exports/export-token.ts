import { z } from 'zod';
import { readClaims, signClaims } from '../auth/index.ts';

const claims = z.object({
  /** Of what is exported. */
  id: z.string(),
  format: z.string(),
  workspaceId: z.string(),
  /** Whose link it is: what they may see is looked up again whenever it is used. */
  userId: z.string(),
  sessionId: z.string(),
  /** Milliseconds since the epoch. */
  expiresAtMs: z.number(),
});

/** What a link to a file permits: one thing in one format, for one person, until then. */
export type ExportClaims = Readonly<z.output<typeof claims>>;

/** A token that stands for the claims; good at this service alone. */
export function signExportToken(key: string, service: string, given: ExportClaims): string {
  return signClaims(key, purposeOf(service), given);
}

/** The claims of a token that one of the keys has signed for this service; null for any other text. */
export function readExportToken(
  keys: readonly string[],
  service: string,
  token: string,
): ExportClaims | null {
  return claims.optional().parse(readClaims(keys, purposeOf(service), token)) ?? null;
}

function purposeOf(service: string): string {
  return `export.v1\n${service}`;
}
