import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, execute, type GraphQLSchema, parse } from 'graphql';
import { serve } from '../equality/compose-world.ts';
import type { ServedSupergraph, SubgraphFetch } from '../equality/contender.ts';

type Resolver = (source: never, args: never) => unknown;

/** One subgraph: its schema, without the line that links federation, and its resolvers. */
export interface SubgraphSource {
  readonly schema: string;
  /** Whether it is written for federation 1, without a link. */
  readonly isOld?: boolean;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
}

/** What an operation is answered. */
export interface Answered {
  readonly data: unknown;
  /** @default false */
  readonly hasErrors?: boolean;
}

/** One operation with what any gateway must answer. */
export interface Case extends Answered {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  /** What comes of Apollo's plan instead, where the planner is wrong: of stock, and of any executor of the plan. */
  readonly planned?: Answered;
  /** What stock makes of a right plan, where its execution is wrong. */
  readonly stock?: Answered;
}

/** One feature of federation: a supergraph made for it, and operations that need it. */
export interface Suite {
  readonly feature: string;
  /** Made anew for each case, so that mutations leave nothing behind. */
  readonly subgraphs: () => Readonly<Record<string, SubgraphSource>>;
  readonly cases: readonly Case[];
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@requires", "@provides", "@external", "@shareable", "@override", "@inaccessible", "@interfaceObject"])';

/**
 * Composes the subgraphs of a suite and builds them in this process.
 * @throws Error when they do not compose.
 */
export function openSuite({ feature, subgraphs }: Suite): {
  readonly served: ServedSupergraph;
  readonly fetch: SubgraphFetch;
} {
  const sources = Object.entries(subgraphs()).map(([name, { schema, isOld, resolvers }]) => {
    const typeDefs = parse(isOld === true ? schema : `${LINK}\n${schema}`);
    return { name, typeDefs, built: build(typeDefs, resolvers) };
  });
  const { supergraphSdl, errors } = composeServices(
    sources.map(({ name, typeDefs }) => ({ name, url: `http://${name}.invalid/`, typeDefs })),
  );
  if (errors !== undefined) throw new Error(`${feature} does not compose: ${errors.join('\n')}`);
  const schemas = new Map(sources.map(({ name, built }) => [name, built] as const));
  return {
    served: serve(supergraphSdl),
    fetch: async (subgraph, { query, variables, operationName }) => {
      const schema = schemas.get(subgraph);
      if (schema === undefined) throw new Error(`There is no subgraph ${subgraph}.`);
      const result = await execute({
        schema,
        document: parse(query),
        variableValues: variables ?? {},
        operationName: operationName ?? null,
      });
      return { status: 200, contentType: 'application/json', text: JSON.stringify(result) };
    },
  };
}

type Build = Parameters<typeof buildSubgraphSchema>[0];

function build(typeDefs: DocumentNode, resolvers: SubgraphSource['resolvers']): GraphQLSchema {
  // Each resolver names the source and arguments that its own field has, which Apollo's type cannot know.
  return buildSubgraphSchema({ typeDefs, resolvers } as unknown as Build);
}

/** The object with this id; as reference resolvers give it. */
export function byId<T extends { readonly id: string }>(rows: readonly T[]) {
  return ({ id }: { readonly id: string }): T | null => rows.find((row) => row.id === id) ?? null;
}
