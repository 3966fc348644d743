import type { FetchDataRewrite, FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import type { AttachedKey } from '../entities/attach.ts';
import type { InternNode } from '../entities/intern.ts';
import type { PathStep } from '../entities/find-entities.ts';
import type { AnswerHabit } from '../fetch/answer-reader.ts';
import { compileRepresentation, type Represent } from '../entities/representation.ts';
import { partsOf } from './document-parts.ts';
import { keysOfSelection, type SelectionKeys } from './selection-keys.ts';

/** What a fetch of entities has beyond other fetches. */
export interface EntityFetch {
  /** The representation of an object, as JSON; `null` when the object has not what the subgraph requires. */
  readonly represent: Represent;
  /** `{ ... }` after `_entities(...)`; `null` when the operation cannot be sent together with others. */
  readonly selection: string | null;
  /** Definitions of the variables beside `$representations`, as they stand between the parentheses. */
  readonly parameters: readonly string[];
  /** Response key of the first field that tells entities apart; `null` when none does. */
  readonly identifier: string | null;
  /** Equal for fetches that differ in their representations only. */
  readonly signature: string;
}

/** A Fetch node with everything worked out that depends on nothing but itself. */
export interface PlannedFetch {
  /** Its place among the fetches of the plan. */
  readonly index: number;
  readonly node: FetchNode;
  readonly subgraph: string;
  readonly kind: FetchNode['operationKind'];
  /** Where its objects are: response keys, `@` for each element of a list. Empty at the root. */
  readonly path: readonly string[];
  /** JSON of the body up to the variables. */
  readonly bodyStart: string;
  readonly variableNames: readonly string[];
  readonly entity: EntityFetch | null;
  /** Response keys that each object gets. */
  readonly keys: SelectionKeys;
  readonly outputRewrites: readonly FetchDataRewrite[];
}

/** The same, with what depends on the other fetches of its plan. */
export interface CompiledFetch extends PlannedFetch {
  /** The way from the root of the answer to its objects. */
  readonly steps: readonly PathStep[];
  /** The same as a name. */
  readonly place: string;
  readonly attached: readonly AttachedKey[];
  /** Where equal objects of its answer become one; `null` when nowhere. */
  readonly internNode: InternNode | null;
  readonly habit: AnswerHabit;
}

/** Where a Fetch node stands in its plan. */
export interface FetchPlace {
  readonly index: number;
  /** The paths of the Flatten nodes above it. */
  readonly path: readonly string[];
  readonly supergraph: GraphQLSchema;
}

/** Compiles a Fetch node. */
export function compileFetch(node: FetchNode, { index, path, supergraph }: FetchPlace): PlannedFetch {
  const { operation, fragments } = partsOf(parse(node.operation, { noLocation: true }));
  if (operation === undefined) throw new Error('a fetch without an operation');
  const keys = keysOfSelection(operation.selectionSet, fragments);
  const { requires, inputRewrites = [], outputRewrites = [] } = node;
  const planned = {
    index,
    node,
    subgraph: node.serviceName,
    kind: node.operationKind,
    path,
    bodyStart: bodyStart(node.operation, node.operationName),
    variableNames: node.variableUsages ?? [],
    outputRewrites,
  };
  if (requires === undefined) return { ...planned, entity: null, keys: withRenamed(keys, outputRewrites) };
  const selection = entitySelection(operation, fragments);
  const parameters = parametersOf(operation);
  const entity = {
    represent: compileRepresentation(requires, inputRewrites, supergraph),
    selection,
    parameters,
    identifier: identifierOf(requires),
    signature: [selection ?? node.operation, ...parameters].join(),
  };
  const ofEntities = keys.get('_entities') ?? new Map();
  return { ...planned, entity, keys: withRenamed(ofEntities, outputRewrites) };
}

/** JSON of a body up to the value of `variables`. */
export function bodyStart(query: string, operationName: string | undefined): string {
  const name = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  return `{"query":${JSON.stringify(query)},${name}"variables":`;
}

function identifierOf(requires: readonly QueryPlanSelectionNode[]): string | null {
  for (const selection of requires) {
    const inner = selection.kind === 'Field' ? null : identifierOf(selection.selections);
    if (inner !== null) return inner;
    if (selection.kind === 'Field' && selection.name !== '__typename' && selection.selections === undefined)
      return selection.alias ?? selection.name;
  }
  return null;
}

// Names of fragments, and directives on an operation, are one operation's own.
function entitySelection(
  { selectionSet, directives, variableDefinitions = [] }: OperationDefinitionNode,
  fragments: ReadonlyMap<string, unknown>,
): string | null {
  const names = variableDefinitions.map(({ variable }) => variable.name.value);
  const [entities, ...others] = selectionSet.selections;
  if (fragments.size > 0 || (directives ?? []).length > 0 || others.length > 0) return null;
  if (entities?.kind !== Kind.FIELD || entities.selectionSet === undefined) return null;
  // A variable of the client could have the name of a list of representations.
  if (names.some((name) => /^representations\d+$/.test(name))) return null;
  return print(entities.selectionSet).replaceAll(/\n\s*/g, ' ');
}

function parametersOf({ variableDefinitions }: OperationDefinitionNode): string[] {
  return (variableDefinitions ?? [])
    .filter(({ variable }) => variable.name.value !== 'representations')
    .map((definition) => print(definition));
}

// After its renaming a key stands under a new name; under the old one it may stand too, where the rewrite did not apply.
function withRenamed(keys: SelectionKeys, rewrites: readonly FetchDataRewrite[]): SelectionKeys {
  for (const rewrite of rewrites) {
    if (rewrite.kind !== 'KeyRenamer') continue;
    const names = rewrite.path.filter((part) => !part.startsWith('... on '));
    let level: SelectionKeys | null = keys;
    // The first part of the path of an entity's rewrite may be below the entity already.
    for (const name of names.slice(0, -1)) level = level?.get(name) ?? null;
    const last = names.at(-1);
    if (level !== null && last !== undefined && level.has(last))
      level.set(rewrite.renameKeyTo, level.get(last) ?? null);
  }
  return keys;
}
