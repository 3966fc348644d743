import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

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

/** A token that stands for the claims: `<claims>.<HMAC-SHA256>`, safe in a URL; good at this service alone. */
export function signExportToken(key: string, service: string, given: ExportClaims): string {
  const body = Buffer.from(JSON.stringify(given)).toString('base64url');
  return `${body}.${mac(key, service, body)}`;
}

/** The claims of a token that one of the keys has signed for this service; null for any other text. */
export function readExportToken(
  keys: readonly string[],
  service: string,
  token: string,
): ExportClaims | null {
  const [body = '', signature = ''] = token.split('.');
  if (!keys.some((key) => equal(mac(key, service, body), signature))) return null;
  return claims.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
}

function mac(key: string, service: string, body: string): string {
  return createHmac('sha256', key).update(`export.v1\n${service}\n${body}`).digest('base64url');
}

function equal(expected: string, actual: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(actual);
  return left.length === right.length && timingSafeEqual(left, right);
}
