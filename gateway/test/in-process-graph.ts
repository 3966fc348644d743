import { buildSubgraphSchema } from '@apollo/subgraph';
import type { QueryPlan } from '@apollo/query-planner';
import type { Answer, SubgraphAnswer } from '@hoerok/executor';
import { graphql, parse } from 'graphql';
import { plannedOf } from '../src/execution/planned-operation.ts';
import { buildSupergraphSchema } from '../src/supergraph/supergraph-schema.ts';
import { compose } from './fixture-graph.ts';

type Resolver = (source: never, args: never) => unknown;

/** A subgraph without a server: its schema, without the line that links federation, and its resolvers. */
export interface InProcessSubgraph {
  readonly schema: string;
  readonly resolvers?: Readonly<Record<string, Readonly<Record<string, Resolver>>>>;
}

/** Plans and runs operations as the gateway does, over subgraphs in this process. */
export interface InProcessGraph {
  readonly plan: (source: string) => QueryPlan | null;
  readonly run: (source: string, variables?: Readonly<Record<string, unknown>>) => Promise<Answer>;
  /** What subgraphs were asked, as `name query`, since the beginning. */
  readonly asked: readonly string[];
}

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@interfaceObject"])';

type Build = Parameters<typeof buildSubgraphSchema>[0];

/** Composes subgraphs, given by name. */
export function openInProcess(subgraphs: Readonly<Record<string, InProcessSubgraph>>): InProcessGraph {
  const sources = Object.entries(subgraphs).map(([name, { schema, resolvers }]) => ({
    name,
    url: `http://${name}.invalid/`,
    sdl: `${LINK}\n${schema}`,
    resolvers,
  }));
  const schema = buildSupergraphSchema(compose(sources));
  // Each resolver names the source and arguments that its own field has, which Apollo's type cannot know.
  const built = new Map(
    sources.map(({ name, sdl, resolvers }) => [
      name,
      buildSubgraphSchema({ typeDefs: parse(sdl), ...(resolvers && { resolvers }) } as unknown as Build),
    ]),
  );
  const asked: string[] = [];
  const planned = (source: string) =>
    plannedOf({ schema, document: parse(source), source, operationName: undefined, viewer: null });
  return {
    asked,
    plan: (source) => planned(source).plan,
    run: async (source, variables = {}) =>
      await planned(source).compiled.run(variables, async ({ subgraph, body }) => {
        const subgraphSchema = built.get(subgraph);
        if (subgraphSchema === undefined) throw new Error(`there is no subgraph ${subgraph}`);
        const sent = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
        asked.push(`${subgraph} ${sent.query}`);
        const { query, variables: variableValues } = sent;
        const answer = await graphql({ schema: subgraphSchema, source: query, variableValues });
        return JSON.parse(JSON.stringify(answer)) as SubgraphAnswer;
      }),
  };
}
