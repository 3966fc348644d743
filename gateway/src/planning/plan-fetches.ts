import type { FetchNode, PlanNode } from '@apollo/query-planner';
import {
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  type VariableDefinitionNode,
  type VariableNode,
  visit,
} from 'graphql';
import { type OperationParts, partsOf } from './selected-fields.ts';

/** A fetch with its place in the plan. */
export interface PlacedFetch {
  readonly node: FetchNode;
  /** Response keys from the root to its objects. */
  readonly place: readonly string[];
  readonly operation: OperationDefinitionNode;
  /** What it asks of its objects. */
  readonly selection: SelectionSetNode;
}

/** Finds the fetches of a plan. @returns false for a plan with a part that is not understood here. */
export function collectFetches(
  node: PlanNode,
  place: readonly string[],
  found: Map<FetchNode, PlacedFetch>,
): boolean {
  switch (node.kind) {
    case 'Fetch': {
      const { operation } = partsOf(parse(node.operation, { noLocation: true }));
      const [first] = operation.selectionSet.selections;
      const isOfEntities = node.requires !== undefined && first?.kind === Kind.FIELD;
      const selection = isOfEntities ? first.selectionSet : operation.selectionSet;
      if (selection !== undefined) found.set(node, { node, place, operation, selection });
      return selection !== undefined;
    }
    case 'Flatten': {
      const keys = node.path.map(String).filter((part) => part !== '@');
      return collectFetches(node.node, [...place, ...keys], found);
    }
    case 'Sequence':
    case 'Parallel':
      return node.nodes.every((child) => collectFetches(child, place, found));
    case 'Condition':
      return [node.ifClause, node.elseClause].every(
        (clause) => clause === undefined || collectFetches(clause, place, found),
      );
    default:
      return false;
  }
}

/** The plan with some fetches in the place of others. */
export function replaced(node: PlanNode, by: ReadonlyMap<FetchNode, PlanNode>): PlanNode {
  switch (node.kind) {
    case 'Fetch':
      return by.get(node) ?? node;
    case 'Flatten':
      return { ...node, node: replaced(node.node, by) };
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map((child) => replaced(child, by)) };
    case 'Condition': {
      const { ifClause, elseClause } = node;
      return {
        ...node,
        ...(ifClause === undefined ? {} : { ifClause: replaced(ifClause, by) }),
        ...(elseClause === undefined ? {} : { elseClause: replaced(elseClause, by) }),
      };
    }
    default:
      return node;
  }
}

/** A fetch that asks something else of its objects. */
export function withSelection(fetch: PlacedFetch, selection: SelectionSetNode): PlacedFetch {
  const { operation, node } = fetch;
  if (node.requires === undefined)
    return { ...fetch, selection, operation: { ...operation, selectionSet: selection } };
  const selections = operation.selectionSet.selections.map((one) => ({ ...one, selectionSet: selection }));
  return {
    ...fetch,
    selection,
    operation: { ...operation, selectionSet: { ...operation.selectionSet, selections } },
  };
}

/** A Fetch node with another operation, defined for the variables of the client's operation that it needs. */
export function withOperation(
  node: FetchNode,
  operation: OperationDefinitionNode,
  { operation: asked }: OperationParts,
): FetchNode {
  const used = new Set<string>();
  const variable = { Variable: ({ name }: VariableNode) => void used.add(name.value) };
  visit(operation.selectionSet, variable);
  for (const directive of operation.directives ?? []) visit(directive, variable);
  const own = operation.variableDefinitions ?? [];
  const names = new Set(own.map(nameOf));
  const others = (asked.variableDefinitions ?? []).filter((definition) => !names.has(nameOf(definition)));
  const variableDefinitions = [...own, ...others].filter((definition) => used.has(nameOf(definition)));
  const { operationDocumentNode: _, ...rest } = node;
  return {
    ...rest,
    variableUsages: variableDefinitions.map(nameOf).filter((name) => name !== 'representations'),
    operation: stripIgnoredCharacters(print({ ...operation, variableDefinitions })),
  };
}

const nameOf = ({ variable }: VariableDefinitionNode): string => variable.name.value;
