import { composeServices } from '@apollo/composition';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { type PlanNode, type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import type { ClientRequest, ServedSupergraph } from './contender.ts';
import { generateWorld } from './generate-world.ts';
import { printSubgraph } from './print-subgraph.ts';
import type { World } from './world.ts';

/** A world that composes, with what serving it takes. */
export interface ComposedWorld {
  readonly world: World;
  /** SDL by subgraph. */
  readonly schemas: ReadonlyMap<string, string>;
  readonly served: ServedSupergraph;
  /** Why earlier drafts of it did not compose, by Apollo's code. */
  readonly rejections: readonly string[];
}

const MAX_DRAFTS = 200;

/**
 * Draws worlds from a seed until one composes.
 * @throws Error when none of 200 does.
 */
export function composeWorld(seed: string): ComposedWorld {
  const rejections: string[] = [];
  for (let draft = 0; draft < MAX_DRAFTS; draft++) {
    const world = generateWorld(`${seed}#${draft}`);
    const schemas = new Map(world.subgraphs.map((name) => [name, printSubgraph(world, name)] as const));
    const declared = [...schemas].filter(([, sdl]) => /^(extend )?(type|interface) /m.test(sdl));
    const result = compose(declared);
    if (typeof result !== 'string') {
      return { world, schemas: new Map(declared), served: result, rejections };
    }
    rejections.push(result);
  }
  throw new Error(`No draft of ${seed} composes: ${rejections.join(', ')}`);
}

/** The supergraph, or why there is none. */
function compose(schemas: readonly (readonly [string, string])[]): ServedSupergraph | string {
  try {
    const { supergraphSdl, errors } = composeServices(
      schemas.map(([name, sdl]) => ({ name, url: `http://${name}.invalid/`, typeDefs: parse(sdl) })),
    );
    if (errors === undefined) return serve(supergraphSdl);
    return JSON.stringify(errors[0]?.extensions['code'] ?? errors[0]?.message);
  } catch (error) {
    // Composition trips over some schemas that it should refuse.
    return error instanceof Error ? error.message : String(error);
  }
}

/** Without them the planner takes all memory for some of the larger operations. */
const PLANNER_LIMITS = { maxEvaluatedPlans: 500, pathsLimit: 500 };

/** Everything an executor may want of a supergraph. */
export function serve(sdl: string): ServedSupergraph {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
  const apiSchema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, { debug: PLANNER_LIMITS });
  const plans = new Map<string, QueryPlan>();
  const planOf = ({ query, operationName }: ClientRequest): QueryPlan => {
    const key = `${operationName ?? ''}\n${query}`;
    const known = plans.get(key);
    if (known !== undefined) return known;
    const options = operationName === undefined ? {} : { operationName };
    const { node } = planner.buildQueryPlan(operationFromDocument(apiSchema, parse(query), options));
    // A query has no subscription node.
    const plan: QueryPlan = { kind: 'QueryPlan', ...(node === undefined ? {} : { node: node as PlanNode }) };
    plans.set(key, plan);
    return plan;
  };
  return {
    sdl,
    api: apiSchema.toGraphQLJSSchema(),
    apiSchema,
    supergraph: supergraph.schema.toGraphQLJSSchema(),
    planner,
    planOf,
    subgraphNames: supergraph.subgraphsMetadata().map(({ name }) => name),
  };
}
