import type { FetchNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  getArgumentValues,
  getNamedType,
  getVariableValues,
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
  /** Name of the field. */
  readonly name: string;
  /** Where its events come from; `null` when its subgraph has to be subscribed to. */
  readonly field: EventStreamField | null;
  /** The field's arguments, coerced. */
  readonly args: Readonly<Record<string, unknown>>;
  readonly subgraph: Subgraph;
  /** The fetch that an event answers. */
  readonly primary: FetchNode;
  /** Variables of that fetch, as the client sent them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The operation of that fetch. */
  readonly document: DocumentNode;
  /** Name of the object type that the field returns; `null` when it is abstract. */
  readonly typename: string | null;
}

/** Reads what a subscription is about from the first fetch of its plan. */
export function readSubscriptionRoot(
  schema: SupergraphSchema,
  primary: FetchNode,
  variables: Readonly<Record<string, unknown>>,
): SubscriptionRoot {
  const subgraph = schema.subgraphs.get(primary.serviceName);
  const document = documentOf(primary);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  const node = operation?.selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
  const definition = node && subgraph?.schema().getSubscriptionType()?.getFields()[node.name.value];
  if (subgraph === undefined || operation === undefined || node === undefined || definition === undefined) {
    throw new Error(`the plan of a subscription names no root field: ${primary.operation}`);
  }
  const type = getNamedType(definition.type);
  return {
    name: definition.name,
    field: schema.eventStreams.get(definition.name) ?? null,
    args: getArgumentValues(definition, node, coerce(subgraph, operation, variables)),
    subgraph,
    primary,
    variables: Object.fromEntries(
      (primary.variableUsages ?? []).flatMap((variable) =>
        Object.hasOwn(variables, variable) ? [[variable, variables[variable]]] : [],
      ),
    ),
    document,
    typename: isObjectType(type) ? type.name : null,
  };
}

const documents = new WeakMap<FetchNode, DocumentNode>();

// Parsed once per plan: thousands may run on the same one.
function documentOf(primary: FetchNode): DocumentNode {
  const document = documents.get(primary) ?? parse(primary.operation, { noLocation: true });
  documents.set(primary, document);
  return document;
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
