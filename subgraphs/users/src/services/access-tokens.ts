import { createPublicKey, type KeyObject, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, type JSONWebKeySet, type JWK, SignJWT } from 'jose';
import { ACCESS_TOKEN_LIFE_SECONDS } from '@hoerok/shared/auth';
import type { User } from '../entities/user.entity.ts';

const LIFE_MS = ACCESS_TOKEN_LIFE_SECONDS * 1_000;

/** Makes access tokens and says with which keys they are verified. */
export interface AccessTokens {
  /** A JWT of type `at+jwt` (RFC 9068), EdDSA, for 15 minutes. Claims beyond the standard ones: `ws`, `role`, `sid`, `rev`. */
  readonly issue: (user: User, sessionId: string) => Promise<{ accessToken: string; expiresAt: Date }>;
  /** The public keys, the signing one first (RFC 7517); each `kid` is the thumbprint of its key (RFC 7638). */
  readonly keySet: () => Promise<JSONWebKeySet>;
}

/** What {@link createAccessTokens} needs. */
export interface AccessTokenDeps {
  /** A private Ed25519 key. */
  readonly signingKey: KeyObject;
  /** Public keys whose tokens still count. */
  readonly previousKeys: readonly KeyObject[];
  readonly issuer: string;
  readonly audience: string;
  readonly clock: () => Date;
}

/** Builds {@link AccessTokens}. */
export function createAccessTokens(deps: AccessTokenDeps): AccessTokens {
  let keys: Promise<JWK[]> | undefined;
  const publicKeys = (): Promise<JWK[]> =>
    (keys ??= Promise.all([createPublicKey(deps.signingKey), ...deps.previousKeys].map(toJwk)));
  return {
    keySet: async () => ({ keys: await publicKeys() }),
    issue: async (user, sessionId) => {
      const [current] = await publicKeys();
      // A JWT counts in whole seconds; the client hears the same instant as the gateway.
      const issuedAtSeconds = Math.floor(deps.clock().getTime() / 1_000);
      const expiresAt = new Date(issuedAtSeconds * 1_000 + LIFE_MS);
      const { workspaceId: ws, role, revision: rev } = user;
      const accessToken = await new SignJWT({ ws, role, sid: sessionId, rev })
        .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...(current?.kid ? { kid: current.kid } : {}) })
        .setSubject(user.id)
        .setIssuer(deps.issuer)
        .setAudience(deps.audience)
        .setIssuedAt(issuedAtSeconds)
        .setExpirationTime(expiresAt)
        .setJti(randomUUID())
        .sign(deps.signingKey);
      return { accessToken, expiresAt };
    },
  };
}

async function toJwk(key: KeyObject): Promise<JWK> {
  const jwk = await exportJWK(key);
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'EdDSA', use: 'sig' };
}
