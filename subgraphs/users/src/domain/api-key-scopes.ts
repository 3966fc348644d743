/** What an API key may be limited to. */
export const API_KEY_SCOPES = ['read', 'write'] as const;

/** What an API key may be limited to. */
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];
