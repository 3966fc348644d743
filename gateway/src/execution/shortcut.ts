import { mayWrite } from '@hoerok/shared/auth';
import { describeOperation, type Logger, outcomeOf, recordOperation } from '@hoerok/shared/telemetry';
import type { GatewayContext } from '../context.ts';
import type { SubgraphSources } from '../datasources/subgraph-source.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import { createFetcher, publicText, withDeadline } from './executor.ts';
import { knownPlan } from './planned-operation.ts';

/** What {@link createShortcut} needs. */
export interface ShortcutDeps {
  readonly supergraph: Pick<SupergraphSource, 'current'>;
  readonly sourcesOf: (schema: SupergraphSchema) => SubgraphSources;
  readonly timeoutMs: number;
  readonly logger: Logger;
}

interface PlainRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Answers a request whose operation has a plan: then it was parsed, held against the limits and validated before, so all that
 * is left is to run it. Anything out of the ordinary goes the whole way: it knows what to say.
 */
export function createShortcut({
  supergraph,
  sourcesOf,
  timeoutMs,
  logger,
}: ShortcutDeps): (request: unknown, context: GatewayContext) => Promise<string | null> {
  return async (request, context) => {
    const plain = plainRequest(request);
    if (plain === null || context.cost !== undefined) return null;
    const { query, operationName, variables } = plain;
    const schema = supergraph.current();
    const known = knownPlan(schema, { source: query, operationName, viewer: context.viewer });
    if (known === undefined || known.type === 'subscription') return null;
    if (known.type === 'mutation' && !mayWrite(context.viewer)) return null;
    if (known.variableErrors(variables).length > 0) return null;
    const startedAt = performance.now();
    describeOperation(known.type, operationName);
    const fetcher = createFetcher(sourcesOf(schema), withDeadline(context, timeoutMs));
    const answer = await known.compiled.run(variables, fetcher);
    const { text, errors } = publicText(answer, { requestId: context.requestId, logger });
    const durationMs = performance.now() - startedAt;
    const outcome = outcomeOf(errors);
    recordOperation(
      { service: 'gateway', logger },
      { type: known.type, name: operationName, outcome, durationMs },
    );
    return text;
  };
}

function plainRequest(request: unknown): PlainRequest | null {
  if (!isObject(request)) return null;
  const { query, operationName = null, variables = null, extensions = null } = request;
  // Persisted queries live in extensions.
  if (typeof query !== 'string' || extensions !== null) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== null && !isObject(variables)) return null;
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
