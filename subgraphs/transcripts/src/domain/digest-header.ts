/**
 * The SHA-256 that a `content-digest` or `repr-digest` gives (RFC 9530), in hexadecimal; undefined when there is none,
 * and null for one that is no SHA-256.
 */
export function readSha256(header: string | undefined): string | null | undefined {
  const [, base64] = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]*):/.exec(header ?? '') ?? [];
  if (base64 === undefined) return header?.includes('sha-256') === true ? null : undefined;
  const digest = Buffer.from(base64, 'base64');
  return digest.length === 32 ? digest.toString('hex') : null;
}
