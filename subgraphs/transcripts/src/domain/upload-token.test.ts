import { describe, expect, it } from 'vitest';
import { readUploadToken, signUploadToken } from './upload-token.ts';

const upload = { uploadId: 'up-1', purpose: 'CAPTIONS' } as const;
const claims = { ...upload, workspaceId: '작업-1', expiresAtMs: 1_763_700_000_000 };

describe('an upload token', () => {
  it('gives back what it was signed for, under any of the keys', () => {
    const token = signUploadToken('old key', claims);
    expect(readUploadToken(['new key', 'old key'], upload, token)).toEqual(claims);
    expect(new URLSearchParams({ token }).toString()).toBe(`token=${token}`);
  });

  it('is worth nothing for another upload, another purpose, another workspace, a later time or under another key', () => {
    const token = signUploadToken('key', claims);
    const [workspace, expiry, signature] = token.split('.');
    expect(readUploadToken(['key'], { ...upload, uploadId: 'up-2' }, token)).toBeNull();
    expect(readUploadToken(['key'], { ...upload, purpose: 'RECORDING' }, token)).toBeNull();
    expect(readUploadToken(['other'], upload, token)).toBeNull();
    expect(readUploadToken(['key'], upload, `${workspace}.${Number(expiry) + 1}.${signature}`)).toBeNull();
    expect(readUploadToken(['key'], upload, `dw.${expiry}.${signature}`)).toBeNull();
    for (const text of ['', '.', '..', 'a.b.c', token.slice(0, -1)])
      expect(readUploadToken(['key'], upload, text)).toBeNull();
  });
});
