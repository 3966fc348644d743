import type { IncomingMessage } from 'node:http';
import { createReplayMemory, verifyRequest } from '@hoerok/shared/auth';
import { AppError } from '@hoerok/shared/errors';
import { type HttpHandler, jsonReply, readBody } from '@hoerok/shared/http';
import { z } from 'zod';
import type { ApiKeys } from './services/api-keys.ts';

const MAX_BODY_BYTES = 1_024;

const question = z.object({ hash: z.string().max(100) });

/** Where a gateway asks whom an API key stands for. */
export const API_KEYS_PATH = '/internal/api-keys';

/**
 * Answers signed requests of our own services: `{ "hash": ... }` gives the key and its owner, or `null` when it does not
 * count.
 * @throws AppError `UNAUTHENTICATED`, `BAD_INPUT`.
 */
export function answerApiKeys(apiKeys: Pick<ApiKeys, 'use'>, signingKeys: readonly string[]): HttpHandler {
  const replays = createReplayMemory();

  async function read(request: IncomingMessage): Promise<string> {
    const { method = 'GET', url: path = '/', headers } = request;
    const body = await readBody(request, MAX_BODY_BYTES);
    const context = { keys: signingKeys, headers, nowMs: Date.now(), replays };
    const viewer = verifyRequest({ method, path, body }, context);
    if (method !== 'POST' || viewer?.kind !== 'service')
      throw new AppError('UNAUTHENTICATED', 'Only services may ask this.', { logLevel: 'warn' });
    return body.toString('utf8');
  }

  return async (request) => {
    const { hash } = decode(await read(request));
    const found = await apiKeys.use(hash);
    if (found === null) return jsonReply(200, null);
    const { key, owner } = found;
    return jsonReply(200, {
      id: key.id,
      userId: owner.id,
      workspaceId: owner.workspaceId,
      role: owner.role,
      revision: owner.revision,
      scopes: key.scopes,
      expiresAt: key.expiresAt?.toISOString() ?? null,
    });
  };
}

function decode(body: string): z.output<typeof question> {
  try {
    return question.parse(JSON.parse(body));
  } catch (cause) {
    throw new AppError('BAD_INPUT', 'The body is not { "hash": ... }.', { cause });
  }
}
