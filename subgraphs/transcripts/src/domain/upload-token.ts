import { createHmac } from 'node:crypto';
import { equalSecrets } from '@hoerok/shared/auth';

/** What is sent: captions to import, or a recording. */
export type UploadPurpose = 'CAPTIONS' | 'RECORDING';

/** What an upload URL permits: one file, for one workspace, until then. */
export interface UploadClaims {
  readonly uploadId: string;
  readonly purpose: UploadPurpose;
  readonly workspaceId: string;
  /** Milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** A token that stands for the claims: `<workspace>.<expiry>.<HMAC-SHA256>`, safe in a URL. Id and purpose are not inside. */
export function signUploadToken(key: string, claims: UploadClaims): string {
  const workspace = Buffer.from(claims.workspaceId).toString('base64url');
  return `${workspace}.${claims.expiresAtMs}.${mac(key, claims)}`;
}

/** The claims of a token that one of the keys has signed for this upload; null for any other text. */
export function readUploadToken(
  keys: readonly string[],
  upload: Pick<UploadClaims, 'uploadId' | 'purpose'>,
  token: string,
): UploadClaims | null {
  const [workspace = '', expiry = '', signature = ''] = token.split('.');
  const claims = {
    ...upload,
    workspaceId: Buffer.from(workspace, 'base64url').toString(),
    expiresAtMs: Number(expiry),
  };
  return keys.some((key) => equalSecrets(mac(key, claims), signature)) ? claims : null;
}

function mac(key: string, { uploadId, purpose, workspaceId, expiresAtMs }: UploadClaims): string {
  const lines = [
    purpose === 'CAPTIONS' ? 'upload.v1' : 'recording-upload.v1',
    uploadId,
    workspaceId,
    expiresAtMs,
  ];
  return createHmac('sha256', key).update(lines.join('\n')).digest('base64url');
}
