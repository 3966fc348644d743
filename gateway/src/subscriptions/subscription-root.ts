import type { FetchNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  GraphQLError,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import type { EventStreamField } from '../supergraph/event-stream-directive.ts';
import type { Subgraph } from '../supergraph/subgraphs.ts';
import type { SupergraphSchema } from '../supergraph/supergraph-schema.ts';

/** The root field of a subscription, resolved against the subgraph that owns it. */
export interface SubscriptionRoot {
  readonly field: EventStreamField;
  /** The field's arguments, coerced. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly subgraph: Subgraph;
  /** The fetch that an event answers. */
  readonly primary: FetchNode;
  /** The operation of that fetch. */
  readonly document: DocumentNode;
  /** Name of the object type that the field returns; `null` when it is abstract. */
  readonly typename: string | null;
}

/**
 * Reads what a subscription is about from the first fetch of its plan.
 * @throws GraphQLError `SUBSCRIPTION_SOURCE_MISSING` when the field has no `@eventStream`.
 */
export function readSubscriptionRoot(
  schema: SupergraphSchema,
  primary: FetchNode,
  variables: Readonly<Record<string, unknown>>,
): SubscriptionRoot {
  const subgraph = schema.subgraphs.get(primary.serviceName);
  const document = parse(primary.operation);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const node = operation?.selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
  const definition = node && subgraph?.schema().getSubscriptionType()?.getFields()[node.name.value];
  if (subgraph === undefined || operation === undefined || node === undefined || definition === undefined) {
    throw new Error(`the plan of a subscription names no root field: ${primary.operation}`);
  }
  const field = schema.eventStreams.get(definition.name);
  if (field === undefined) throw sourceMissing(definition.name);
  const type = getNamedType(definition.type);
  return {
    field,
    args: getArgumentValues(definition, node, coerce(subgraph, operation, variables)),
    subgraph,
    primary,
    document,
    typename: isObjectType(type) ? type.name : null,
  };
}

function coerce(
  subgraph: Subgraph,
  { variableDefinitions }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const { coerced, errors } = getVariableValues(subgraph.schema(), variableDefinitions ?? [], variables);
  // The pipeline has checked them against the same types already.
  if (coerced === undefined) throw errors[0] ?? new Error('the variables do not fit');
  return coerced;
}

function sourceMissing(name: string): GraphQLError {
  return new GraphQLError(
    `Subscription.${name} has no event source: its definition needs the @eventStream directive.`,
    { extensions: { code: 'SUBSCRIPTION_SOURCE_MISSING' } },
  );
}
