import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { serviceEnvironment } from '@hoerok/shared/config';
import { z } from 'zod';

// Environment files often hold a PEM in one line, its line ends written as \n.
const pem = z.string().transform((text) => text.replaceAll('\\n', '\n'));

const PEM_BLOCK = /-----BEGIN PUBLIC KEY-----[^-]+-----END PUBLIC KEY-----/g;

/** The environment of the users service. */
export const environment = serviceEnvironment.extend({
  /** Private Ed25519 key (PKCS #8 PEM) that signs access tokens; better given as TOKEN_SIGNING_KEY_FILE. */
  TOKEN_SIGNING_KEY: pem.transform((text, context) => readKey(text, createPrivateKey, context)),
  /**
   * Public Ed25519 keys (PEM, one after the other) that are published besides while keys rotate: the one that signs next,
   * so that every process knows it before one signs with it, and the one that signed before, until its tokens have ended.
   */
  TOKEN_PREVIOUS_PUBLIC_KEYS: pem
    .default('')
    .transform((text, context) =>
      (text.match(PEM_BLOCK) ?? []).map((block) => readKey(block, createPublicKey, context)),
    ),
  TOKEN_ISSUER: z.string().min(1).default('hoerok'),
  TOKEN_AUDIENCE: z.string().min(1).default('hoerok'),
});

/** The decoded environment of the users service. */
export type UsersConfig = z.output<typeof environment>;

function readKey(
  text: string,
  parse: (pem: string) => KeyObject,
  context: z.core.$RefinementCtx<string>,
): KeyObject {
  try {
    const key = parse(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // What OpenSSL says may quote the key; the one sentence below is enough.
  }
  context.addIssue('needs an Ed25519 key in PEM: openssl genpkey -algorithm ed25519');
  return z.NEVER;
}
