import { createHash } from 'node:crypto';
import { type Schema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { AppError, messageOf } from '@hoerok/shared/errors';
import type { GraphQLSchema } from 'graphql';
import type { Authorization, AuthorizationMode } from '../authorization/authorization.ts';
import { separateRules } from '../authorization/read-rules.ts';
import type { PlansOfOperation } from '../execution/planned-operation.ts';
import { createPlanMender, type MendPlan } from '../planning/mend-plan.ts';
import { LRUCache } from './lru-cache.ts';
import { type EventStreamField, readEventStreams } from './event-stream-directive.ts';
import { withoutLinksOfExecutables } from './executable-features.ts';
import { resolvableKeysFirst } from './key-order.ts';
import { readSubgraphs, type Subgraph } from './subgraphs.ts';

const MAX_PLANNED_OPERATIONS = 2_000;

/** A hostile operation could make the planner look at so many ways through the graph that the memory runs out. */
const PLANNER_LIMITS = { maxEvaluatedPlans: 1_000, pathsLimit: 1_000 };

/** One supergraph with everything that serving it needs. It never changes; a new supergraph is a new object. */
export interface SupergraphSchema {
  /** SHA-256 of the SDL, in hexadecimal. */
  readonly hash: string;
  readonly sdl: string;
  /** What clients see and operations are validated against. */
  readonly api: GraphQLSchema;
  /** The same as Apollo's planner and executor want it. */
  readonly apiSchema: Schema;
  /** The whole supergraph, join directives included. */
  readonly supergraph: GraphQLSchema;
  readonly planner: QueryPlanner;
  /** Mends a plan where the planner is known to be wrong. */
  readonly mendPlan: MendPlan;
  /** Planned operations by name and text, for each class of viewers. */
  readonly operations: LRUCache<PlansOfOperation>;
  /** What viewers may have. */
  readonly authorization: Authorization;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** Event sources by Subscription field. */
  readonly eventStreams: ReadonlyMap<string, EventStreamField>;
}

/**
 * Builds everything that serving a supergraph needs from its SDL. The rules of `@authenticated`, `@requiresScopes` and
 * `@policy` are taken out of it before Apollo's planner, which refuses them, sees it.
 * @throws AppError `BAD_CONFIGURATION` when the SDL is broken or uses a feature `for: SECURITY` that is not known here: to
 * serve it without enforcing it would open what its authors closed.
 */
export function buildSupergraphSchema(sdl: string, mode: AuthorizationMode = 'filter'): SupergraphSchema {
  try {
    const { rules, sdl: plain } = separateRules(sdl);
    const mended = resolvableKeysFirst(withoutLinksOfExecutables(plain));
    const supergraph = Supergraph.build(mended, { validateSupergraph: true });
    const apiSchema = supergraph.apiSchema();
    return Object.freeze({
      hash: createHash('sha256').update(sdl).digest('hex'),
      sdl,
      api: apiSchema.toGraphQLJSSchema(),
      apiSchema,
      supergraph: supergraph.schema.toGraphQLJSSchema(),
      // Operations with fragments of their own could not be fetched together with others.
      planner: new QueryPlanner(supergraph, { reuseQueryFragments: false, debug: PLANNER_LIMITS }),
      mendPlan: createPlanMender(supergraph),
      operations: new LRUCache<PlansOfOperation>(MAX_PLANNED_OPERATIONS),
      authorization: { rules, mode },
      subgraphs: readSubgraphs(supergraph),
      eventStreams: readEventStreams(supergraph.schema),
    });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('BAD_CONFIGURATION', `The supergraph cannot be served: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
