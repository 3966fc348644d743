import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import type { SubgraphSources } from '../datasources/subgraph-source.ts';
import type { EventStreamGuard } from '../supergraph/event-stream-directive.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';

/** Asks the graph whether the viewer of the context may watch what a guard is about. @throws GraphQLError when it cannot. */
export type GuardQuestion = (context: GatewayContext) => Promise<boolean>;

// Whether an object exists or may not be seen is the same to its viewer.
const HIDDEN = new Set<unknown>(['NOT_FOUND', 'FORBIDDEN']);

/**
 * The question that stands in for a guarding message which the stream no longer holds; `null` when the guard names no
 * Query field for it.
 */
export function guardQuestionOf(
  guard: EventStreamGuard | null,
  args: Readonly<Record<string, unknown>>,
  graph: { readonly schema: SupergraphSchema; readonly sources: SubgraphSources },
): GuardQuestion | null {
  if (guard?.question == null) return null;
  const { field, argument } = guard.question;
  const owner = [...graph.schema.subgraphs.values()].find(
    ({ schema }) => field in (schema().getQueryType()?.getFields() ?? {}),
  );
  const source = graph.sources.get(owner?.name ?? '');
  if (source === undefined) return null;
  const body = JSON.stringify({
    query: `query ($id: ID!) { guarded: ${field}(id: $id) { __typename } }`,
    variables: { id: args[argument] },
  });
  return async (context) => {
    const { data, errors } = await source({ body, kind: 'query' }, context);
    if (data?.['guarded'] != null) return true;
    const [error] = errors ?? [];
    if (error === undefined || HIDDEN.has(error.extensions?.['code'])) return false;
    throw new GraphQLError(error.message ?? '', { extensions: error.extensions });
  };
}
