import { describe, expect, it } from 'vitest';
import { readUploadToken, signUploadToken } from './upload-token.ts';

const claims = { uploadId: 'up-1', workspaceId: '작업-1', expiresAtMs: 1_763_700_000_000 };

describe('an upload token', () => {
  it('gives back what it was signed for, under any of the keys', () => {
    const token = signUploadToken('old key', claims);
    expect(readUploadToken(['new key', 'old key'], 'up-1', token)).toEqual(claims);
    expect(new URLSearchParams({ token }).toString()).toBe(`token=${token}`);
  });

  it('is worth nothing for another upload, another workspace, a later time or under another key', () => {
    const token = signUploadToken('key', claims);
    const [workspace, expiry, signature] = token.split('.');
    expect(readUploadToken(['key'], 'up-2', token)).toBeNull();
    expect(readUploadToken(['other'], 'up-1', token)).toBeNull();
    expect(readUploadToken(['key'], 'up-1', `${workspace}.${Number(expiry) + 1}.${signature}`)).toBeNull();
    expect(readUploadToken(['key'], 'up-1', `dw.${expiry}.${signature}`)).toBeNull();
    for (const text of ['', '.', '..', 'a.b.c', token.slice(0, -1)])
      expect(readUploadToken(['key'], 'up-1', text)).toBeNull();
  });
});
