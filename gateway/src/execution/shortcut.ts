import { isJsonObject } from '@hoerok/executor';
import { mayWrite } from '@hoerok/shared/auth';
import { describeOperation, outcomeOf, recordOperation } from '@hoerok/shared/telemetry';
import type { GatewayContext } from '../context.ts';
import type { SupergraphSource } from '../supergraph/supergraph-file.ts';
import { type ExecutorDeps, publicText, runPlanned } from './executor.ts';
import { knownPlan } from './planned-operation.ts';

/** What {@link createShortcut} needs. */
export interface ShortcutDeps extends ExecutorDeps {
  readonly supergraph: Pick<SupergraphSource, 'current'>;
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
export function createShortcut(
  deps: ShortcutDeps,
): (request: unknown, context: GatewayContext) => Promise<string | null> {
  const { supergraph, logger } = deps;
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
    const answer = await runPlanned({ planned: known, schema, variables, context }, deps);
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
  if (!isJsonObject(request)) return null;
  const { query, operationName = null, variables = null, extensions = null } = request;
  // Persisted queries live in extensions.
  if (typeof query !== 'string' || extensions !== null) return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (variables !== null && !isJsonObject(variables)) return null;
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}
