import { createHmac, hkdfSync } from 'node:crypto';
import { equalSecrets } from '@hoerok/shared/auth';

/** Which share a link is for. */
export interface LinkedShare {
  readonly workspaceId: string;
  readonly shareId: string;
}

/** Makes and checks the secrets of links. */
export interface ShareLinks {
  /** The secret of a share's link; the same each time, so that nothing secret is stored. */
  readonly tokenOf: (share: LinkedShare) => string;
  /** Which share a token is of; null for one that was not made here. */
  readonly read: (token: string) => LinkedShare | null;
  /** Address that opens the page with the token: in the fragment, which browsers send to no server. */
  readonly urlOf: (share: LinkedShare) => string;
}

const VERSION = 's1';
const ID = /^[\w-]{1,100}$/;

/**
 * Builds {@link ShareLinks}: a token is `s1.<workspace>.<share>.<HMAC-SHA-256>`. The first key signs, all verify.
 * @param keys at least one; from `INTERNAL_SIGNING_KEYS` they are derived by {@link deriveLinkKeys}.
 */
export function createShareLinks(options: {
  readonly keys: readonly Buffer[];
  readonly appUrl: string;
}): ShareLinks {
  const textOf = ({ workspaceId, shareId }: LinkedShare): string => `${VERSION}.${workspaceId}.${shareId}`;
  const tokenOf = (share: LinkedShare): string => {
    const [signing] = options.keys;
    // An empty key would sign, too, and everybody could.
    if (signing === undefined || signing.length === 0) throw new Error('Share links need a key.');
    return `${textOf(share)}.${macOf(signing, textOf(share))}`;
  };
  return {
    tokenOf,
    urlOf: (share) => {
      const url = new URL(options.appUrl);
      url.hash = `share=${tokenOf(share)}`;
      return url.href;
    },
    read: (token) => {
      const [version, workspaceId = '', shareId = '', mac = '', ...more] = token.split('.');
      if (version !== VERSION || more.length > 0 || !ID.test(workspaceId) || !ID.test(shareId)) return null;
      const share = { workspaceId, shareId };
      // As text: decoding base64url passes over what does not belong there.
      const isOurs = options.keys.some((key) => equalSecrets(macOf(key, textOf(share)), mac));
      return isOurs ? share : null;
    },
  };
}

/** Keys of links out of keys for something else (RFC 5869), so that neither tells of the other. */
export function deriveLinkKeys(secrets: readonly string[]): Buffer[] {
  return secrets.map((secret) => Buffer.from(hkdfSync('sha256', secret, '', 'hoerok share links', 32)));
}

function macOf(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}
