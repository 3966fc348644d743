import { composeServices } from '@apollo/composition';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import type { PlanNode } from '@apollo/query-planner';
import { type Answer, compileOperation, type Fetcher, type SubgraphFetch } from '../src/index.ts';
import { type CompiledPlan, compilePlan } from '../src/plan/compile-plan.ts';
import type { CompiledFetch } from '../src/plan/compile-fetch.ts';
import type { Step } from '../src/plan/steps.ts';
import { serve } from './equality/compose-world.ts';

/** A supergraph that Apollo has composed, with Apollo's planner. */
export interface SmallGraph {
  readonly api: GraphQLSchema;
  readonly supergraph: GraphQLSchema;
  readonly planOf: (query: string) => PlanNode | undefined;
  readonly compiledPlanOf: (query: string) => CompiledPlan;
  readonly run: (
    query: string,
    fetcher: Fetcher,
    variables?: Readonly<Record<string, unknown>>,
  ) => Promise<Answer>;
}

/** Makes an SDL one of Federation 2. */
export const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"])\n';

/** Composes subgraphs, given by name. @throws Error with what composition says. */
export function composeGraph(subgraphs: Readonly<Record<string, string>>): SmallGraph {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: `http://${name}.invalid/`,
      typeDefs: parse(LINK + sdl),
    })),
  );
  if (supergraphSdl === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  const served = serve(supergraphSdl);
  const { api, supergraph } = served;
  const planOf = (query: string): PlanNode | undefined => {
    const { node } = served.planOf({ query, variables: {} });
    return node?.kind === 'Subscription' ? undefined : node;
  };
  return {
    api,
    supergraph,
    planOf,
    compiledPlanOf: (query) => compilePlan({ node: planOf(query), supergraph, defaults: {} }),
    run: async (query, fetcher, variables = {}) => {
      const document: DocumentNode = parse(query);
      return await compileOperation({ api, supergraph, document, plan: planOf(query) }).run(
        variables,
        fetcher,
      );
    },
  };
}

/** The fetches of a plan, in the order of the plan. */
export function fetchesOf(step: Step | null): readonly CompiledFetch[] {
  if (step === null) return [];
  switch (step.kind) {
    case 'fetch':
      return [step.fetch];
    case 'condition':
      return [...fetchesOf(step.whenTrue), ...fetchesOf(step.whenFalse)];
    default:
      return step.steps.flatMap(fetchesOf);
  }
}

/** The query and variables of a fetch, decoded. */
export function bodyOf({ body }: Pick<SubgraphFetch, 'body'>): {
  readonly query: string;
  readonly operationName?: string;
  readonly variables: Record<string, unknown>;
} {
  return JSON.parse(body) as ReturnType<typeof bodyOf>;
}
