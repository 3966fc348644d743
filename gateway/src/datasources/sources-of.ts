import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';
import type { SubgraphSenderDeps } from './subgraph-sender.ts';
import { createSubgraphSource, type SubgraphSources } from './subgraph-source.ts';

/** Gives the sources of a supergraph's subgraphs; they are made once and live as long as the supergraph. */
export function createSourcesOf(deps: SubgraphSenderDeps): (schema: SupergraphSchema) => SubgraphSources {
  const bySchema = new WeakMap<SupergraphSchema, SubgraphSources>();
  return (schema) => {
    const known = bySchema.get(schema);
    if (known !== undefined) return known;
    const entries = [...schema.subgraphs.values()].map(
      (subgraph) => [subgraph.name, createSubgraphSource(subgraph, deps)] as const,
    );
    const sources: SubgraphSources = new Map(entries);
    bySchema.set(schema, sources);
    return sources;
  };
}
