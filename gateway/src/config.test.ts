import { loadConfig } from '@hoerok/shared/config';
import { describe, expect, it } from 'vitest';
import { gatewayEnvironment } from './config.ts';

const load = (more: Record<string, string>) =>
  loadConfig(gatewayEnvironment, { SUPERGRAPH_FILE: 'x.graphql', ...more });

describe('the environment of the gateway', () => {
  it('needs a supergraph and nothing else', () => {
    expect(load({ PORT: '5000', HOST: '0.0.0.0' })).toMatchObject({
      PORT: 5000,
      HOST: '0.0.0.0',
      PROPAGATE_HEADERS: ['authorization'],
      production: false,
    });
  });

  it('says which variable is wrong', () => {
    expect(() => load({ SUBGRAPH_TIMEOUT_MS: 'soon' })).toThrow(/SUBGRAPH_TIMEOUT_MS/);
    expect(() => load({ INTERNAL_SIGNING_KEYS: 'short' })).toThrow(/INTERNAL_SIGNING_KEYS/);
  });

  it('takes WebSocket addresses of subgraphs, by name', () => {
    expect(load({}).SUBSCRIPTION_URLS).toEqual(new Map());
    const urls = 'chat=wss://chat.invalid/ws?v=1, rooms=ws://rooms.invalid';
    expect([...load({ SUBSCRIPTION_URLS: urls }).SUBSCRIPTION_URLS]).toEqual([
      ['chat', 'wss://chat.invalid/ws?v=1'],
      ['rooms', 'ws://rooms.invalid'],
    ]);
    for (const wrong of ['ws://rooms.invalid', 'rooms=http://rooms.invalid', '=ws://rooms.invalid'])
      expect(() => load({ SUBSCRIPTION_URLS: wrong })).toThrow(/SUBSCRIPTION_URLS/);
  });

  it('keeps tokens to itself once it verifies them', () => {
    expect(load({ JWKS_URL: 'http://users.invalid/jwks' }).PROPAGATE_HEADERS).toEqual([]);
  });

  it('never passes our own trust headers on', () => {
    expect(load({ PROPAGATE_HEADERS: 'Authorization, X-Hoerok-Viewer' }).PROPAGATE_HEADERS).toEqual([
      'authorization',
    ]);
  });

  it('lets no foreign page in when in production', () => {
    expect(load({ NODE_ENV: 'production' })).toMatchObject({
      CORS_ORIGINS: [],
      WEBSOCKET_ORIGINS: [],
      production: true,
    });
  });
});
