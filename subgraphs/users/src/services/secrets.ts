import { createHash, randomBytes } from 'node:crypto';

/** A fresh secret of 256 bits, base64url: a refresh token or the token of an invitation. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/**
 * What is stored of a secret: SHA-256, base64url. A slow hash would add nothing, there is no guessing 256 random bits.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
