import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import { type ServiceViewer, signRequest } from '../auth/index.ts';
import { AppError, type ErrorCode, ERROR_CODES } from '../errors/index.ts';

const TIMEOUT_MS = 15_000;

/** Asks other domains through the gateway, in the name of this service. */
export interface GatewayClient {
  /**
   * Runs a query and decodes its data.
   * @throws AppError with the code of the first GraphQL error; `UNAVAILABLE` (retryable) when the gateway does not answer.
   */
  readonly query: <T extends z.ZodType>(operation: {
    readonly document: string;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly data: T;
    readonly workspaceId: string;
    /** Whose rights count; null asks with the rights of the service. */
    readonly onBehalfOf: string | null;
    readonly signal?: AbortSignal;
  }) => Promise<z.output<T>>;
}

const answer = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string().optional() }).loose().optional(),
      }),
    )
    .optional(),
});

/** Builds the client; `signingKey` is the first of INTERNAL_SIGNING_KEYS. */
export function createGatewayClient(options: {
  readonly url: string;
  readonly service: string;
  readonly signingKey: string;
}): GatewayClient {
  const endpoint = new URL('/graphql', options.url);
  return {
    query: async (operation) => {
      const viewer: ServiceViewer = {
        kind: 'service',
        service: options.service,
        workspaceId: operation.workspaceId,
        onBehalfOf: operation.onBehalfOf,
      };
      const body = JSON.stringify({ query: operation.document, variables: operation.variables });
      const signed = signRequest(
        { method: 'POST', path: endpoint.pathname, body },
        { key: options.signingKey, viewer, nowMs: Date.now(), nonce: randomUUID() },
      );
      const headers = { 'content-type': 'application/json', ...signed };
      const signal = AbortSignal.any([
        AbortSignal.timeout(TIMEOUT_MS),
        ...(operation.signal ? [operation.signal] : []),
      ]);
      const reply = answer.safeParse(await post(endpoint, { body, headers, signal }));
      if (!reply.success) throw unavailable('it answered something that is not GraphQL');
      const [error] = reply.data.errors ?? [];
      if (error !== undefined) throw toAppError(error);
      return operation.data.parse(reply.data.data);
    },
  };
}

async function post(
  endpoint: URL,
  options: { body: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<unknown> {
  try {
    const response = await request(endpoint, { method: 'POST', ...options });
    return await response.body.json();
  } catch (error) {
    throw unavailable('it does not answer', error);
  }
}

function unavailable(reason: string, cause?: unknown): AppError {
  return new AppError('UNAVAILABLE', `The gateway cannot be asked now: ${reason}.`, {
    retryable: true,
    cause,
  });
}

function toAppError(error: {
  message: string;
  extensions?: { code?: string | undefined } | undefined;
}): AppError {
  const code = error.extensions?.code ?? 'INTERNAL';
  const known = (code in ERROR_CODES ? code : 'INTERNAL') as ErrorCode;
  return new AppError(known, error.message, { retryable: known === 'INTERNAL' || known === 'UNAVAILABLE' });
}
