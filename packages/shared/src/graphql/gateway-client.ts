import { randomUUID } from 'node:crypto';
import { request } from 'undici';
import { z } from 'zod';
import { type ServiceViewer, signRequest } from '../auth/index.ts';
import { AppError, type ErrorCode, ERROR_CODES, RetryAfter } from '../errors/index.ts';
import { createProvider, type Provider, type ProviderOptions } from '../resilience/index.ts';
import type { Logger } from '../telemetry/index.ts';

/**
 * Three failures in a row open the circuit: fewer than a task has attempts, so that a task which runs alone when the
 * gateway goes away is not used up before its kind waits.
 */
const LIMITS: GatewayLimits = {
  timeoutMs: 15_000,
  bulkhead: { concurrent: 32, queued: 256 },
  breaker: { consecutiveFailures: 3, halfOpenAfterMs: 5_000 },
};

/** How the gateway is called. */
export type GatewayLimits = Pick<ProviderOptions, 'timeoutMs' | 'bulkhead' | 'breaker'>;

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
  /** For tasks that ask the gateway; see {@link Provider.ready}. A query changes nothing: the probe is the last that failed. */
  readonly ready: Provider['ready'];
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
  readonly logger: Logger;
  /** @default three failures in a row open the circuit for five seconds; 15 s, 32 calls at a time */
  readonly limits?: GatewayLimits;
}): GatewayClient {
  const endpoint = new URL('/graphql', options.url);
  const { service, signingKey, logger } = options;
  const provider = createProvider({ name: 'gateway', logger, ...(options.limits ?? LIMITS) });
  return {
    query: async ({ workspaceId, onBehalfOf, signal, ...operation }) => {
      const viewer: ServiceViewer = { kind: 'service', service, workspaceId, onBehalfOf };
      const body = JSON.stringify({ query: operation.document, variables: operation.variables });
      const ask = async (within: AbortSignal): Promise<unknown> => {
        const signed = signRequest(
          { method: 'POST', path: endpoint.pathname, body },
          { key: signingKey, viewer, nowMs: Date.now(), nonce: randomUUID() },
        );
        const headers = { 'content-type': 'application/json', ...signed };
        return await post(endpoint, { body, headers, signal: within });
      };
      return operation.data.parse(await provider.call(ask, { signal }));
    },
    ready: provider.ready,
  };
}

/** The data of the answer. */
async function post(
  endpoint: URL,
  options: { body: string; headers: Record<string, string>; signal: AbortSignal },
): Promise<unknown> {
  const { statusCode, headers, body } = await request(endpoint, { method: 'POST', ...options });
  const reply = answer.safeParse(await body.json().catch(() => undefined));
  options.signal.throwIfAborted();
  const [error] = reply.data?.errors ?? [];
  const seconds = Number(headers['retry-after']);
  if ((statusCode === 429 || statusCode === 503) && seconds > 0)
    throw new RetryAfter(seconds * 1_000, 'The gateway asks to be asked later.');
  if (error !== undefined) throw toAppError(error);
  if (!reply.success || statusCode >= 400) throw unavailable('it answered something that is not GraphQL');
  return reply.data.data;
}

function unavailable(reason: string): AppError {
  return new AppError('UNAVAILABLE', `The gateway cannot be asked now: ${reason}.`, { retryable: true });
}

function toAppError(error: {
  message: string;
  extensions?: { code?: string | undefined } | undefined;
}): AppError {
  const code = error.extensions?.code ?? 'INTERNAL';
  const known = (code in ERROR_CODES ? code : 'INTERNAL') as ErrorCode;
  return new AppError(known, error.message, { retryable: known === 'INTERNAL' || known === 'UNAVAILABLE' });
}
