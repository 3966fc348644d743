import { describe, expect, it } from 'vitest';
import { createShareLinks, deriveLinkKeys } from './share-link.ts';

const linksOf = (...secrets: string[]) =>
  createShareLinks({ keys: deriveLinkKeys(secrets), appUrl: 'https://hoerok.example/app' });
const share = { workspaceId: 'w-1', shareId: '019a-2' };

describe('the link of a share', () => {
  it('is the same each time, and read again', () => {
    const links = linksOf('first');
    expect(links.tokenOf(share)).toBe(links.tokenOf(share));
    expect(links.read(links.tokenOf(share))).toEqual(share);
  });

  it('holds its secret where browsers send it to no server', () => {
    const links = linksOf('first');
    const url = new URL(links.urlOf(share));
    expect(url.hash).toBe(`#share=${links.tokenOf(share)}`);
    expect(`${url.origin}${url.pathname}${url.search}`).toBe('https://hoerok.example/app');
  });

  it('is refused with another share, another workspace, another key, or anything else changed', () => {
    const links = linksOf('first');
    const token = links.tokenOf(share);
    const mac = token.split('.').at(-1);
    const wrong = [
      `s1.w-1.other.${mac}`,
      `s1.w-2.019a-2.${mac}`,
      `s2.w-1.019a-2.${mac}`,
      `${token}.x`,
      `${token}A`,
    ];
    for (const one of [...wrong, 's1.w-1.019a-2.', '', '....', linksOf('second').tokenOf(share)])
      expect(links.read(one)).toBeNull();
  });

  it('is still read after a new key has been put before the old one', () => {
    const old = linksOf('old').tokenOf(share);
    const rotated = linksOf('new', 'old');
    expect(rotated.read(old)).toEqual(share);
    expect(rotated.tokenOf(share)).not.toBe(old);
  });
});
