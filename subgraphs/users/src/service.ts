import { type HttpReply, jsonReply } from '@hoerok/shared/http';
import type { ServiceDefinition } from '@hoerok/shared/service';
import type { UsersConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { profileCacheSubscription } from './events/on-user-updated.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { API_KEYS_PATH, answerApiKeys } from './routes.ts';
import { type AccessTokens, createAccessTokens } from './services/access-tokens.ts';
import { createApiKeys } from './services/api-keys.ts';
import { createProfiles } from './services/profiles.ts';

/** The users service by a clock of one's own: schema, database and parts. */
export function defineUsersService(clock: () => Date): ServiceDefinition<UsersConfig, Context> {
  return {
    name: 'users',
    schema: new URL('../schema.graphql', import.meta.url),
    createDataSource,
    build: (platform) => {
      const { config } = platform;
      const profiles = createProfiles(platform);
      const accessTokens = createAccessTokens({
        signingKey: config.TOKEN_SIGNING_KEY,
        previousKeys: config.TOKEN_PREVIOUS_PUBLIC_KEYS,
        issuer: config.TOKEN_ISSUER,
        audience: config.TOKEN_AUDIENCE,
        clock,
      });
      const apiKeys = createApiKeys({ ...platform, clock });
      return {
        resolvers,
        createContext: createContextBuilder({ platform, accessTokens, profiles, apiKeys, clock }),
        subscriptions: [profileCacheSubscription(profiles)],
        routes: {
          '/.well-known/jwks.json': () => serveKeySet(accessTokens),
          [API_KEYS_PATH]: answerApiKeys(apiKeys, config.INTERNAL_SIGNING_KEYS),
        },
      };
    },
  };
}

/** The users service. */
export const usersService = defineUsersService(() => new Date());

/** A minute: as long as a key that was withdrawn may go on to be trusted. */
const KEY_SET_MAX_AGE_SECONDS = 60;

async function serveKeySet(accessTokens: AccessTokens): Promise<HttpReply> {
  const reply = jsonReply(200, await accessTokens.keySet());
  const cacheControl = `public, max-age=${KEY_SET_MAX_AGE_SECONDS}`;
  return { ...reply, headers: { ...reply.headers, 'cache-control': cacheControl } };
}
