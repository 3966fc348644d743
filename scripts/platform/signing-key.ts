import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Path of the Ed25519 private key (PKCS8 PEM) that signs access tokens; made on first use, readable by its owner only. */
export function keepTokenSigningKey(stateDir: string): string {
  const folder = join(stateDir, 'secrets');
  const file = join(folder, 'token-signing-key.pem');
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey } = generateKeyPairSync('ed25519');
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  renameSync(draft, file);
  return file;
}
