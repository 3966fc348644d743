import {
  isObjectType,
  type ObjectType,
  type Subgraph as FederationSubgraph,
  type Supergraph,
} from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';

/** One subgraph, as the supergraph describes it. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
  /** Its part of the graph. Built when first asked for; only subscriptions need it. */
  readonly schema: () => GraphQLSchema;
  /** Object types that it resolves from `{ __typename, id }`. */
  readonly resolvesById: () => ReadonlySet<string>;
}

/** The subgraphs of a supergraph, by name. */
export function readSubgraphs(supergraph: Supergraph): ReadonlyMap<string, Subgraph> {
  const extracted = supergraph.subgraphs();
  const subgraphs = supergraph.subgraphsMetadata().map(({ name, url }): [string, Subgraph] => {
    const definition = extracted.get(name);
    if (definition === undefined) throw new Error(`the subgraph "${name}" is listed and not described`);
    return [
      name,
      {
        name,
        url,
        schema: once(() => definition.schema.toGraphQLJSSchema()),
        resolvesById: once(() => typesWithIdKey(definition)),
      },
    ];
  });
  return new Map(subgraphs);
}

function typesWithIdKey(subgraph: FederationSubgraph): ReadonlySet<string> {
  const key = subgraph.metadata().keyDirective();
  const hasIdKey = (type: ObjectType): boolean =>
    type
      .appliedDirectivesOf(key)
      .map((directive) => directive.arguments(true))
      .some(({ fields, resolvable }) => fields === 'id' && resolvable !== false);
  return new Set(
    subgraph.schema
      .types()
      .filter((type) => isObjectType(type) && hasIdKey(type))
      .map((type) => type.name),
  );
}

function once<T>(build: () => T): () => T {
  let value: { readonly built: T } | undefined;
  return () => {
    value ??= { built: build() };
    return value.built;
  };
}
