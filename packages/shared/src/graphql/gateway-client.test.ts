import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../telemetry/index.ts';
import { createGatewayClient, type GatewayClient } from './gateway-client.ts';

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

describe('the client of the gateway', () => {
  let reply: Reply | null = null;
  let client: GatewayClient;
  const server = createServer((_request, response) => {
    if (reply !== null) response.writeHead(reply.status ?? 200, { ...reply.headers }).end(reply.body);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = createGatewayClient({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      service: 'ai',
      signingKey: 'a-signing-key-that-only-tests-know-0123456789',
      logger: createLogger({ service: 'ai', level: 'silent' }),
    });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const ask = (answered: Reply | null, signal?: AbortSignal): Promise<{ readonly name: string }> => {
    reply = answered;
    return client.query({
      document: '{ name }',
      variables: {},
      data: z.object({ name: z.string() }),
      workspaceId: 'w-1',
      onBehalfOf: null,
      ...(signal !== undefined && { signal }),
    });
  };
  const failing = (code: string): string =>
    JSON.stringify({ errors: [{ message: 'No.', extensions: { code } }] });

  it('decodes the data', async () => {
    expect(await ask({ body: '{"data":{"name":"a"}}' })).toEqual({ name: 'a' });
  });

  it.each([
    ['a GraphQL error', { body: failing('NOT_FOUND') }, { code: 'NOT_FOUND', retryable: false }],
    [
      'a GraphQL error with a status',
      { status: 503, body: failing('UNAVAILABLE') },
      { code: 'UNAVAILABLE', retryable: true },
    ],
    ['a code that it does not know', { body: failing('TEAPOT') }, { code: 'INTERNAL', retryable: true }],
    ['a page of a proxy', { status: 502, body: '<html>' }, { code: 'UNAVAILABLE', retryable: true }],
    [
      'JSON that is no answer',
      { status: 500, body: '{"data":null}' },
      { code: 'UNAVAILABLE', retryable: true },
    ],
    [
      'a wish to be asked later',
      { status: 429, headers: { 'retry-after': '7' }, body: '{}' },
      { name: 'RetryAfter', delayMs: 7_000 },
    ],
  ] as const)('makes %s an error of ours', async (_what, answered, error) => {
    await expect(ask(answered)).rejects.toMatchObject(error);
    await ask({ body: '{"data":{"name":"a"}}' });
  });

  it('lets go of a question that nobody waits for any more', async () => {
    const abort = new AbortController();
    const asked = ask(null, abort.signal);
    const reason = new Error('no longer wanted');
    abort.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });
});
