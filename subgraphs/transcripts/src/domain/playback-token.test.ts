import { expect, it } from 'vitest';
import { readPlaybackToken, signPlaybackToken } from './playback-token.ts';

const claims = {
  recordingId: 'r-1',
  workspaceId: '작업',
  userId: 'u',
  expiresAtMs: 5,
} as const;

it('gives back what it was signed for, under any of the keys, and nothing for any other text', () => {
  const token = signPlaybackToken('old', claims);
  expect(readPlaybackToken(['new', 'old'], token)).toEqual(claims);
  expect(readPlaybackToken(['new'], token)).toBeNull();
  const [, signature = ''] = token.split('.');
  const other = Buffer.from(JSON.stringify({ ...claims, userId: 'another' })).toString('base64url');
  for (const text of [`${other}.${signature}`, '', '.', 'a.b', token.slice(0, -1)])
    expect(readPlaybackToken(['old'], text)).toBeNull();
});
