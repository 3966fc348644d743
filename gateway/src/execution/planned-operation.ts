import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { type CompiledOperation, compileOperation } from '@hoerok/executor';
import type { Viewer } from '@hoerok/shared/auth';
import {
  type DocumentNode,
  getVariableValues,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import {
  type Authorized,
  type OperationRules,
  rulesOf,
  WHOLE,
  wholeOf,
} from '../authorization/authorization.ts';
import { withExplicitDirectives } from '../planning/explicit-directives.ts';
import { fieldsOf, partsOf } from '../planning/selected-fields.ts';
import { LRUCache } from '../supergraph/lru-cache.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';

/** An operation ready to be planned: it is valid against `schema`. */
export interface PlannableOperation {
  readonly schema: SupergraphSchema;
  readonly document: DocumentNode;
  /** Text of the document; with the name it is the key of the plan. */
  readonly source: string;
  readonly operationName: string | undefined;
  /** Who asks: the plan holds only what this viewer may have. */
  readonly viewer: Viewer | null;
}

/** An operation with its plan, ready to run. It lives and dies with the schema that it was planned against. */
export interface PlannedOperation extends Omit<PlannableOperation, 'schema'> {
  readonly type: OperationDefinitionNode['operation'];
  /** `null` when the viewer may have nothing of it. */
  readonly plan: QueryPlan | null;
  /** Of a subscription: what is run for each event, the fetch that the event answers first. */
  readonly compiled: CompiledOperation;
  /** What the viewer may not have; the answer of `compiled` has these errors already. */
  readonly unauthorized: readonly GraphQLError[];
  /** Errors of variables that do not fit the operation's definitions. */
  readonly variableErrors: (variables: Readonly<Record<string, unknown>>) => readonly GraphQLError[];
}

/** One operation with its plans: one for each class of viewers, for each may have another part of it. */
export interface PlansOfOperation {
  readonly rules: OperationRules;
  readonly byClass: LRUCache<PlannedOperation>;
}

/** Classes of viewers of one operation whose plans are kept. */
const MAX_CLASSES = 16;

/** The plan of a valid operation, from the schema's cache when it is there. */
export function plannedOf(operation: PlannableOperation): PlannedOperation {
  const { schema, source, operationName, viewer } = operation;
  const plans = schema.operations.getOrBuild(keyOf(source, operationName), () => plansOf(operation));
  return plans.byClass.getOrBuild(plans.rules.classOf(viewer), () =>
    plan(operation, plans.rules.authorize(viewer)),
  );
}

/** Plans an operation ahead, for those who may have all of it: the usual case, whoever they will be. */
export function planWhole(operation: Omit<PlannableOperation, 'viewer'>): PlannedOperation {
  const { schema, document, source, operationName } = operation;
  const plans = schema.operations.getOrBuild(keyOf(source, operationName), () => plansOf(operation));
  return plans.byClass.getOrBuild(WHOLE, () => plan({ ...operation, viewer: null }, wholeOf(document)));
}

/** The plan of an operation for a viewer, by its text alone. What has a plan has been found valid before. */
export function knownPlan(
  schema: SupergraphSchema,
  { source, operationName, viewer }: Pick<PlannableOperation, 'source' | 'operationName' | 'viewer'>,
): PlannedOperation | undefined {
  const plans = schema.operations.get(keyOf(source, operationName));
  return plans?.byClass.get(plans.rules.classOf(viewer));
}

function keyOf(source: string, operationName: string | undefined): string {
  // NUL is in no document.
  return operationName === undefined ? source : `${operationName}\0${source}`;
}

function plansOf({ schema, document, operationName }: Omit<PlannableOperation, 'viewer'>): PlansOfOperation {
  const { api, authorization } = schema;
  const operation = definitionOf(document, operationName);
  return {
    rules: rulesOf(authorization, { api, document, operation }),
    byClass: new LRUCache<PlannedOperation>(MAX_CLASSES),
  };
}

function plan(
  { schema, document, source, operationName, viewer }: PlannableOperation,
  authorized: Authorized,
): PlannedOperation {
  const named = operationName === undefined ? {} : { operationName };
  const queryPlan = authorized.document === null ? null : buildPlan(schema, authorized.document, named);
  const { api, supergraph } = schema;
  const { operation: type, variableDefinitions = [] } = definitionOf(document, operationName);
  const toCompile = { api, supergraph, document, operationName, plan: runnable(queryPlan) };
  const compiled = refusing(compileOperation({ ...toCompile, refused: authorized.refused }), authorized);
  return {
    document,
    source,
    operationName,
    viewer,
    type,
    plan: queryPlan,
    compiled: asksNobody(queryPlan, authorized.document, operationName) ? failing(authorized) : compiled,
    unauthorized: authorized.errors,
    variableErrors: (variables) =>
      variableDefinitions.length === 0
        ? []
        : (getVariableValues(api, variableDefinitions, variables).errors ?? []),
  };
}

function refusing(compiled: CompiledOperation, { errors, isRejected }: Authorized): CompiledOperation {
  if (errors.length === 0) return compiled;
  return {
    run: async (variables, fetcher) => {
      if (isRejected) return { json: 'null', errors, violations: [] };
      const answer = await compiled.run(variables, fetcher);
      return { ...answer, errors: [...errors, ...answer.errors] };
    },
  };
}

/** Whether fields are asked for and the plan fetches nothing: their types have no objects where the planner could begin. */
function asksNobody(
  queryPlan: QueryPlan | null,
  document: DocumentNode | null,
  operationName: string | undefined,
): boolean {
  if (queryPlan === null || queryPlan.node !== undefined || document === null) return false;
  const { operation, fragments } = partsOf(document, operationName);
  return fieldsOf([operation.selectionSet], fragments).some(({ node, directives }) => {
    const isIntrospection = node.name.value.startsWith('__');
    const around = [...directives, ...(node.directives ?? [])];
    return !isIntrospection && !around.some(({ name }) => ['skip', 'include'].includes(name.value));
  });
}

const NOBODY = new GraphQLError('No subgraph has objects of the types that this operation asks for.', {
  extensions: { code: 'UNANSWERABLE' },
});

// As Apollo's router does with an empty plan; stock answers null, as if there were nothing.
function failing({ errors }: Authorized): CompiledOperation {
  return { run: async () => ({ json: 'null', errors: [...errors, NOBODY], violations: [] }) };
}

/** What the planner says when it would have to look at more ways through the graph than it may. */
const TOO_MANY_WAYS = 'Too many options generated';

function buildPlan(
  { planner, api, apiSchema, mendPlan }: SupergraphSchema,
  document: DocumentNode,
  named: { readonly operationName?: string },
): QueryPlan {
  try {
    const explicit = withExplicitDirectives(document, api);
    const queryPlan = planner.buildQueryPlan(operationFromDocument(apiSchema, explicit, named));
    return mendPlan(queryPlan, partsOf(explicit, named.operationName));
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith(TOO_MANY_WAYS)) throw error;
    const message = 'The operation is too complex to be planned; ask for it in parts.';
    throw new GraphQLError(message, { extensions: { code: 'TOO_COMPLEX', http: { status: 400 } } });
  }
}

function definitionOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (name === undefined || definition.name?.value === name) return definition;
  }
  const message =
    name === undefined ? 'The document has no operation.' : `Unknown operation named "${name}".`;
  throw new GraphQLError(message, { extensions: { code: 'INVALID_GRAPHQL' } });
}

function runnable(queryPlan: QueryPlan | null): PlanNode | undefined {
  const node = queryPlan?.node;
  if (node?.kind !== 'Subscription') return node;
  const { primary, rest } = node;
  return rest === undefined ? primary : { kind: 'Sequence', nodes: [primary, rest] };
}
