import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Encrypts what the service must be able to read again but nobody who reads its database. */
export interface SecretBox {
  /** `context` says whose it is; it opens for the same one only. */
  readonly seal: (secret: string, context: string) => string;
  /** Null when none of the keys opens it. */
  readonly open: (sealed: string, context: string) => string | null;
}

/** AES-256-GCM; the first key seals, all open. */
export function createSecretBox(keys: readonly string[]): SecretBox {
  const derived = keys.map((key) =>
    Buffer.from(hkdfSync('sha256', key, '', 'hoerok notifications: secrets of webhooks', 32)),
  );
  const [first] = derived;
  return {
    seal: (secret, context) => {
      if (first === undefined) throw new Error('A secret box needs a key.');
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', first, iv).setAAD(Buffer.from(context));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return ['v1', ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
    },
    open: (sealed, context) => {
      for (const key of derived) {
        const opened = openWith(key, sealed, context);
        if (opened !== null) return opened;
      }
      return null;
    },
  };
}

function openWith(key: Buffer, sealed: string, context: string): string | null {
  const [iv, tag, content] = sealed
    .split('.')
    .slice(1)
    .map((part) => Buffer.from(part, 'base64url'));
  if (iv === undefined || tag === undefined || content === undefined) return null;
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([cipher.update(content), cipher.final()]).toString('utf8');
  } catch {
    // Another key has sealed it, or somebody has changed it.
    return null;
  }
}
