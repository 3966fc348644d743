import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What every API key begins with: it tells a key from an access token, and tools that look for leaked secrets. */
export const API_KEY_PREFIX = 'hrk_';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SECRET_BYTES = 32;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const SHOWN_LENGTH = API_KEY_PREFIX.length + 6;
const FORM = new RegExp(`^${API_KEY_PREFIX}[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

/** A fresh API key: `hrk_`, 256 random bits and their CRC-32, in base 62. */
export function newApiKey(): string {
  const number = BigInt(`0x${randomBytes(SECRET_BYTES).toString('hex')}`);
  const secret = `${API_KEY_PREFIX}${base62(number, SECRET_LENGTH)}`;
  return secret + checksumOf(secret);
}

/** Whether a text has the form and the checksum of an API key: what a typing error or a guess has not. */
export function isApiKey(text: string): boolean {
  if (!FORM.test(text)) return false;
  const secret = text.slice(0, -CHECKSUM_LENGTH);
  return timingSafeEqual(Buffer.from(checksumOf(secret)), Buffer.from(text.slice(-CHECKSUM_LENGTH)));
}

/**
 * What is stored and sent in place of a key: SHA-256, base64url. A slow hash would add nothing, there is no guessing 256
 * random bits.
 */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** The first characters of a key, for its owner to recognize it by; they tell 36 of its 256 bits at most. */
export function shownPrefixOf(key: string): string {
  return key.slice(0, SHOWN_LENGTH);
}

function checksumOf(secret: string): string {
  return base62(BigInt(crc32(secret)), CHECKSUM_LENGTH);
}

function base62(number: bigint, length: number): string {
  let text = '';
  for (let rest = number; text.length < length; rest /= 62n) text = DIGITS.charAt(Number(rest % 62n)) + text;
  return text;
}
