import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { type CompiledOperation, compileOperation } from '@hoerok/executor';
import {
  type DocumentNode,
  getVariableValues,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';

/** An operation ready to be planned: it is valid against `schema`. */
export interface PlannableOperation {
  readonly schema: SupergraphSchema;
  readonly document: DocumentNode;
  /** Text of the document; with the name it is the key of the plan. */
  readonly source: string;
  readonly operationName: string | undefined;
}

/** An operation with its plan, ready to run. It lives and dies with the schema that it was planned against. */
export interface PlannedOperation extends Omit<PlannableOperation, 'schema'> {
  readonly type: OperationDefinitionNode['operation'];
  readonly plan: QueryPlan;
  /** Of a subscription: what is run for each event, the fetch that the event answers first. */
  readonly compiled: CompiledOperation;
  /** Errors of variables that do not fit the operation's definitions. */
  readonly variableErrors: (variables: Readonly<Record<string, unknown>>) => readonly GraphQLError[];
}

/** The plan of a valid operation, from the schema's cache when it is there. */
export function plannedOf(operation: PlannableOperation): PlannedOperation {
  const { schema, source, operationName } = operation;
  return schema.operations.getOrBuild(keyOf(source, operationName), () => plan(operation));
}

/** The plan of an operation by its text alone. What has a plan has been found valid before. */
export function knownPlan(
  schema: SupergraphSchema,
  source: string,
  operationName: string | undefined,
): PlannedOperation | undefined {
  return schema.operations.get(keyOf(source, operationName));
}

function keyOf(source: string, operationName: string | undefined): string {
  // NUL is in no document.
  return operationName === undefined ? source : `${operationName}\0${source}`;
}

function plan({ schema, document, source, operationName }: PlannableOperation): PlannedOperation {
  const named = operationName === undefined ? {} : { operationName };
  const queryPlan = schema.planner.buildQueryPlan(operationFromDocument(schema.apiSchema, document, named));
  const { api, supergraph } = schema;
  const compiled = compileOperation({ api, supergraph, document, operationName, plan: runnable(queryPlan) });
  const { operation: type, variableDefinitions = [] } = definitionOf(document, operationName);
  return {
    document,
    source,
    operationName,
    type,
    plan: queryPlan,
    compiled,
    variableErrors: (variables) =>
      variableDefinitions.length === 0
        ? []
        : (getVariableValues(api, variableDefinitions, variables).errors ?? []),
  };
}

function definitionOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    if (name === undefined || definition.name?.value === name) return definition;
  }
  throw new Error('the document has no such operation');
}

function runnable({ node }: QueryPlan): PlanNode | undefined {
  if (node?.kind !== 'Subscription') return node;
  const { primary, rest } = node;
  return rest === undefined ? primary : { kind: 'Sequence', nodes: [primary, rest] };
}
