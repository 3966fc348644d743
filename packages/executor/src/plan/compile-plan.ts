import type { ConditionNode, FetchNode, PlanNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { PathStep } from '../entities/find-entities.ts';
import { fieldOf } from '../fetch/subgraph-fetch.ts';
import { createEntityRequestWriter, type EntityRequestWriter } from '../fetch/entity-request.ts';
import { compileFetch, type CompiledFetch, type PlannedFetch } from './compile-fetch.ts';
import { createPositions, type Positions } from './positions.ts';
import type { Step } from './steps.ts';

/** A plan ready to run, any number of times at once. */
export interface CompiledPlan {
  /** `null` when there is nothing to fetch. */
  readonly step: Step | null;
  /** Whether several objects may hold the very same value at a position of the answer. */
  readonly isShared: Positions['isShared'];
  readonly requests: EntityRequestWriter;
}

/** What {@link compilePlan} needs. */
export interface PlanToCompile {
  readonly node: PlanNode | undefined;
  /** The supergraph with its join types, as the planner knows it. */
  readonly supergraph: GraphQLSchema;
  /** What a condition's variable is when the client does not send it. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** Compiles a plan of Apollo's planner. @throws Error for `@defer`, which this executor does not know. */
export function compilePlan({ node, supergraph, defaults }: PlanToCompile): CompiledPlan {
  if (node === undefined) return { step: null, isShared: () => false, requests: createEntityRequestWriter() };
  const planned = collectFetches(node, [], supergraph);
  const positions = createPositions([...planned.values()]);
  const compiled = new Map<FetchNode, CompiledFetch>();
  for (const [fetch, given] of planned) {
    compiled.set(fetch, { ...given, ...placed(given, positions) });
  }
  const { isShared } = positions;
  return { step: stepOf(node, { compiled, defaults }), isShared, requests: createEntityRequestWriter() };
}

// Where the objects of a fetch are, and what they get from it.
function placed(
  fetch: PlannedFetch,
  positions: Positions,
): Pick<CompiledFetch, 'steps' | 'place' | 'attached' | 'internNode' | 'habit'> {
  const { path, keys } = fetch;
  const names: string[] = [];
  const steps = path.map((part): PathStep => {
    if (part !== '@') names.push(part);
    const isShared = positions.isShared(names);
    return part === '@' ? { kind: 'each', isShared } : { kind: 'key', key: part, isShared };
  });
  const attached = [...keys].map(([key, below]) => ({
    key,
    // A plain assignment to that one name would set the prototype.
    isContested: key === '__proto__' || (below !== null && positions.isContested([...names, key])),
  }));
  return {
    steps,
    place: path.join('.'),
    attached,
    internNode: positions.internNodeOf(fetch),
    habit: { nativeAnswers: 0 },
  };
}

function collectFetches(
  node: PlanNode,
  path: readonly string[],
  supergraph: GraphQLSchema,
  found = new Map<FetchNode, PlannedFetch>(),
): Map<FetchNode, PlannedFetch> {
  switch (node.kind) {
    case 'Fetch':
      found.set(node, compileFetch(node, { index: found.size, path, supergraph }));
      break;
    case 'Flatten':
      collectFetches(node.node, [...path, ...node.path.map(String)], supergraph, found);
      break;
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) collectFetches(child, path, supergraph, found);
      break;
    case 'Condition':
      for (const clause of [node.ifClause, node.elseClause])
        if (clause !== undefined) collectFetches(clause, path, supergraph, found);
      break;
    default:
      throw new Error('@defer is not supported');
  }
  return found;
}

interface StepScope {
  readonly compiled: ReadonlyMap<FetchNode, CompiledFetch>;
  readonly defaults: Readonly<Record<string, unknown>>;
}

function stepOf(node: PlanNode, scope: StepScope): Step {
  switch (node.kind) {
    case 'Fetch': {
      const fetch = scope.compiled.get(node);
      if (fetch === undefined) throw new Error('a fetch of the plan was not compiled');
      return { kind: 'fetch', fetch };
    }
    case 'Flatten':
      return stepOf(node.node, scope);
    case 'Condition':
      return conditionOf(node, scope);
    case 'Sequence':
    case 'Parallel': {
      const steps = node.nodes.map((child) => stepOf(child, scope));
      return { kind: node.kind === 'Sequence' ? 'sequence' : 'parallel', steps };
    }
    default:
      throw new Error('@defer is not supported');
  }
}

function conditionOf({ condition, ifClause, elseClause }: ConditionNode, scope: StepScope): Step {
  return {
    kind: 'condition',
    variable: condition,
    byDefault: fieldOf(scope.defaults, condition) === true,
    whenTrue: ifClause === undefined ? null : stepOf(ifClause, scope),
    whenFalse: elseClause === undefined ? null : stepOf(elseClause, scope),
  };
}
