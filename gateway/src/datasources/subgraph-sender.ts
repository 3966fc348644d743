import { randomUUID } from 'node:crypto';
import { signRequest } from '@hoerok/shared/auth';
import { AppError, messageOf } from '@hoerok/shared/errors';
import { type Logger, meter } from '@hoerok/shared/telemetry';
import type { GatewayContext } from '../context.ts';
import type { SubgraphClient, SubgraphResponse } from './subgraph-client.ts';

const duration = meter.createHistogram('hoerok_gateway_fetch_duration', {
  unit: 'ms',
  description: 'Fetches from subgraphs, by subgraph and outcome (ok, failed, cancelled)',
});

/** One operation for a subgraph. */
export interface SubgraphOperation {
  /** JSON text of the request: `query`, `variables`, `operationName`. */
  readonly body: string;
  /** A query changes nothing, so that it may be sent a second time; `context.mayShare` holds for queries only. */
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** How its answer is best parsed. @default `JSON.parse` */
  readonly parse?: (text: string) => unknown;
}

/**
 * Sends an operation to one subgraph, as the viewer of the context. Failures are logged and counted here.
 * @throws AppError as {@link SubgraphClient.post} does, and what `read` throws
 */
export type SubgraphSender<T> = (operation: SubgraphOperation, context: GatewayContext) => Promise<T>;

/** What {@link createSubgraphSender} needs. */
export interface SubgraphSenderDeps {
  readonly client: SubgraphClient;
  /** The key that signs; `undefined`: requests go out unsigned. */
  readonly signingKey: string | undefined;
  readonly logger: Logger;
  readonly clock?: () => number;
}

/**
 * Each request carries the request id, the propagated headers, and our signature over exactly what is sent, with the
 * viewer inside. The active trace is added by undici's instrumentation. `read` makes something of each answer; what it
 * throws is a failed fetch.
 */
export function createSubgraphSender<T>(
  subgraph: { readonly name: string; readonly url: string },
  { client, signingKey, logger, clock = Date.now }: SubgraphSenderDeps,
  read: (response: SubgraphResponse, operation: SubgraphOperation) => T,
): SubgraphSender<T> {
  const { name, url } = subgraph;
  const { pathname, search } = new URL(url);
  const path = pathname + search;
  const outcomes = {
    ok: { subgraph: name, outcome: 'ok' },
    failed: { subgraph: name, outcome: 'failed' },
    cancelled: { subgraph: name, outcome: 'cancelled' },
  };

  function headersFor(body: string, context: GatewayContext): readonly string[] {
    const fields = ['content-type', JSON_TYPE, 'accept', JSON_TYPE, 'x-request-id', context.requestId];
    append(fields, context.headers);
    if (signingKey !== undefined) {
      const signing = { key: signingKey, viewer: context.viewer, nowMs: clock(), nonce: randomUUID() };
      append(fields, signRequest({ method: 'POST', path, body }, signing));
    }
    return fields;
  }

  return async (operation, context) => {
    const { body, kind } = operation;
    const startedAt = performance.now();
    let outcome: keyof typeof outcomes = 'ok';
    try {
      const response = await client.post({
        url,
        body,
        headers: () => headersFor(body, context),
        signal: context.signal,
        repeatable: kind === 'query',
        scope: context.mayShare === true ? scopeOf(context) : undefined,
        dueAt: context.dueAt,
        subgraph: name,
      });
      return read(response, operation);
    } catch (error) {
      outcome = error instanceof AppError && error.code === 'CANCELLED' ? 'cancelled' : 'failed';
      const level = error instanceof AppError ? error.logLevel : 'error';
      const reason = messageOf(error instanceof Error ? (error.cause ?? error) : error);
      logger[level]({ subgraph: name, requestId: context.requestId, reason }, 'A fetch failed.');
      throw error;
    } finally {
      duration.record(performance.now() - startedAt, outcomes[outcome]);
    }
  };
}

const JSON_TYPE = 'application/json';

/** Set by us, or by the connection; what is propagated under these names would come twice. */
const OWN = new Set(['content-type', 'content-length', 'accept', 'x-request-id', 'host', 'connection']);

function append(fields: string[], headers: Readonly<Record<string, string>>): void {
  for (const field in headers) {
    const value = headers[field];
    if (value !== undefined && !OWN.has(field)) fields.push(field, value);
  }
}

const scopes = new WeakMap<GatewayContext, string>();

/** Who asks, as subgraphs get to see it. Written once for all fetches of a request. */
function scopeOf(context: GatewayContext): string {
  let scope = scopes.get(context);
  if (scope === undefined) {
    scope = JSON.stringify([context.viewer, context.headers]);
    scopes.set(context, scope);
  }
  return scope;
}
