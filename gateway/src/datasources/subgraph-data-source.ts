import { randomUUID } from 'node:crypto';
import type { GraphQLDataSource } from '@apollo/gateway';
import { signRequest } from '@hoerok/shared/auth';
import { AppError, messageOf } from '@hoerok/shared/errors';
import { type Logger, meter } from '@hoerok/shared/telemetry';
import { z } from 'zod';
import type { GatewayContext } from '../context.ts';
import type { SubgraphClient, SubgraphResponse } from './subgraph-client.ts';

const duration = meter.createHistogram('hoerok_gateway_fetch_duration', {
  unit: 'ms',
  description: 'Fetches from subgraphs, by subgraph and outcome (ok, failed, cancelled)',
});

type SubgraphAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

const answerSchema = z
  .object({ data: z.unknown(), errors: z.array(z.looseObject({})).optional(), extensions: z.unknown() })
  .partial()
  .refine((answer) => answer.data !== undefined || answer.errors !== undefined);

/** What {@link createSubgraphDataSource} needs. */
export interface SubgraphDataSourceDeps {
  readonly client: SubgraphClient;
  /** The key that signs; `undefined`: requests go out unsigned. */
  readonly signingKey: string | undefined;
  readonly logger: Logger;
  readonly clock?: () => number;
}

/**
 * Apollo's executor fetches through this: each request carries the request id, the propagated headers, and our
 * signature over exactly what is sent, with the viewer inside. The active trace is added by undici's instrumentation.
 */
export function createSubgraphDataSource(
  subgraph: { readonly name: string; readonly url: string },
  deps: SubgraphDataSourceDeps,
): GraphQLDataSource {
  const { pathname, search } = new URL(subgraph.url);
  const { client, signingKey, clock = Date.now } = deps;

  function headersFor(body: string, { headers, requestId, viewer }: GatewayContext): Record<string, string> {
    const signed =
      signingKey === undefined
        ? {}
        : signRequest(
            { method: 'POST', path: pathname + search, body },
            { key: signingKey, viewer, nowMs: clock(), nonce: randomUUID() },
          );
    return {
      ...headers,
      ...signed,
      'content-type': 'application/json',
      accept: 'application/json',
      'x-request-id': requestId,
    };
  }

  return {
    process: async ({ request, context: untyped }) => {
      const context = untyped as GatewayContext;
      const { query, variables, operationName } = request;
      const body = JSON.stringify({ query, variables, operationName });
      const startedAt = performance.now();
      let outcome = 'ok';
      try {
        const headers = headersFor(body, context);
        return decode(await client.post({ url: subgraph.url, body, headers, signal: context.signal }));
      } catch (error) {
        outcome = error instanceof AppError && error.code === 'CANCELLED' ? 'cancelled' : 'failed';
        const level = error instanceof AppError ? error.logLevel : 'error';
        const reason = messageOf(error instanceof Error ? (error.cause ?? error) : error);
        deps.logger[level](
          { subgraph: subgraph.name, requestId: context.requestId, reason },
          'A fetch failed.',
        );
        throw error;
      } finally {
        duration.record(performance.now() - startedAt, { subgraph: subgraph.name, outcome });
      }
    },
  };
}

// A GraphQL answer counts whatever its status: servers send 4xx and 5xx with errors inside.
function decode({ status, text }: SubgraphResponse): SubgraphAnswer {
  const cause = new Error(`the subgraph answered with status ${status} and no GraphQL response`);
  try {
    const answer = answerSchema.safeParse(JSON.parse(text));
    if (answer.success) return answer.data as unknown as SubgraphAnswer;
  } catch {
    // Not JSON: refused below like any other body that is no GraphQL response.
  }
  if (status === 401)
    throw new AppError('UNAUTHENTICATED', 'Sign in first: this needs a valid access token.', { cause });
  if (status === 403) throw new AppError('FORBIDDEN', 'You may not do this.', { cause });
  const message = 'A part of the answer is not available at the moment.';
  throw new AppError('UNAVAILABLE', message, { retryable: true, logLevel: 'error', cause });
}
