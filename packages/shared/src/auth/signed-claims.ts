import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A token that stands for claims: `<claims>.<HMAC-SHA256>`, safe in a URL, and readable by whoever has it.
 * @param purpose what it is good for; a token of one purpose is none of another.
 */
export function signClaims(key: string, purpose: string, claims: object): string {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${macOf(key, purpose, body)}`;
}

/** The claims of a token that one of the keys has signed for this purpose, not yet decoded; undefined for any other text. */
export function readClaims(keys: readonly string[], purpose: string, token: string): unknown {
  const [body = '', signature = ''] = token.split('.');
  if (!keys.some((key) => equalSecrets(macOf(key, purpose, body), signature))) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString());
}

/** Compares in a time that does not tell how much of it is right. */
export function equalSecrets(expected: string, actual: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(actual);
  return left.length === right.length && timingSafeEqual(left, right);
}

function macOf(key: string, purpose: string, body: string): string {
  return createHmac('sha256', key).update(`${purpose}\n${body}`).digest('base64url');
}
