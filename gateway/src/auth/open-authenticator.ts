import type { Messaging } from '@hoerok/shared/messaging';
import type { Logger } from '@hoerok/shared/telemetry';
import type { GatewayConfig } from '../config.ts';
import { createEventHub } from '../subscriptions/event-hub.ts';
import type { EventStore } from '../subscriptions/event-store.ts';
import { type ApiKeyVerifier, createApiKeyVerifier } from './api-keys.ts';
import { type Authenticator, createAuthenticator } from './identify.ts';
import { followRevocations } from './revocation-feed.ts';
import { createRevocations, type Revocations } from './revocations.ts';
import { createTokenVerifier, type TokenVerifier } from './token-verifier.ts';

/** Where revocations come from. */
export interface RevocationSource {
  readonly messaging: Messaging;
  readonly store: EventStore;
}

/** An authenticator that hears of revocations until it is closed. */
export interface OpenAuthenticator {
  readonly authenticator: Authenticator;
  readonly close: () => void;
}

/**
 * The authenticator that a configuration asks for. With no source nothing can be revoked before its end: access tokens
 * count for as long as they say, API keys for 30 seconds.
 */
export async function openAuthenticator(
  config: GatewayConfig,
  { source, logger }: { readonly source: RevocationSource | null; readonly logger: Logger },
): Promise<OpenAuthenticator> {
  const revocations = createRevocations();
  const authenticator = createAuthenticator({
    verifyToken: tokenVerifierOf(config),
    verifyApiKey: apiKeyVerifierOf(config, revocations),
    revocations,
    signingKeys: config.INTERNAL_SIGNING_KEYS,
  });
  const needsNone = config.JWKS_URL === undefined && config.API_KEYS_URL === undefined;
  if (source === null || needsNone) return { authenticator, close: () => undefined };
  // A hub of its own: nobody else's interest counts here, and this one goes on for as long as the gateway does.
  const hub = createEventHub({ ...source, logger });
  const stop = await followRevocations({ messaging: source.messaging, hub, revocations, logger });
  return {
    authenticator,
    close: () => {
      stop();
      hub.close();
    },
  };
}

function tokenVerifierOf(config: GatewayConfig): TokenVerifier | null {
  if (config.JWKS_URL === undefined) return null;
  return createTokenVerifier({
    jwksUrl: config.JWKS_URL,
    issuer: config.TOKEN_ISSUER,
    audience: config.TOKEN_AUDIENCE,
  });
}

function apiKeyVerifierOf(config: GatewayConfig, revocations: Revocations): ApiKeyVerifier | null {
  const [signingKey] = config.INTERNAL_SIGNING_KEYS;
  if (config.API_KEYS_URL === undefined || signingKey === undefined) return null;
  return createApiKeyVerifier({ url: config.API_KEYS_URL, signingKey, revocations });
}
