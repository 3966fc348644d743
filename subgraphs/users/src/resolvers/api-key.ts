import type { ApiKeyResolvers } from '../generated/resolvers.ts';

const SCOPES = { read: 'READ', write: 'WRITE' } as const;

export const ApiKey: ApiKeyResolvers = {
  scopes: ({ scopes }) => scopes.map((scope) => SCOPES[scope]),
};
