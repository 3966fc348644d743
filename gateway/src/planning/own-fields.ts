import {
  baseType,
  type CompositeType,
  isAbstractType,
  isCompositeType,
  type ObjectType,
  possibleRuntimeTypes,
  type Schema,
  type Subgraph,
} from '@apollo/federation-internals';
import { type FieldNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

/** A selection set. */
export const setOf = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
});

/** A type with fields, or members with fields, of a subgraph. */
export function typeNamed(name: string, { schema }: Subgraph): CompositeType | undefined {
  const type = schema.type(name);
  return type !== undefined && isCompositeType(type) ? type : undefined;
}

/** The type that a field of a type returns, without lists, when it has fields. */
export function typeOf({ name }: FieldNode, parent: CompositeType | undefined): CompositeType | undefined {
  const type = parent?.field(name.value)?.type;
  const inner = type === undefined ? undefined : baseType(type);
  return inner !== undefined && isCompositeType(inner) ? inner : undefined;
}

/** Whether objects of a type meet a type condition. */
export function isMember(name: string, condition: string, supergraph: Schema): boolean {
  if (name === condition) return true;
  const type = supergraph.type(condition);
  if (type === undefined || !isAbstractType(type)) return false;
  return possibleRuntimeTypes(type).some((member) => member.name === name);
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** A field with all below it, when a subgraph has all of that itself. */
export function ownField(node: FieldNode, parent: CompositeType, subgraph: Subgraph): FieldNode | undefined {
  if (node.name.value === '__typename') return node;
  const owners = possibleRuntimeTypes(parent);
  if (parent.field(node.name.value) === undefined) return undefined;
  if (!owners.every((owner) => hasOwn(owner, node, subgraph))) return undefined;
  if (node.selectionSet === undefined) return node;
  const type = typeOf(node, parent);
  const below = type === undefined ? undefined : ownSelection(node.selectionSet, type, subgraph);
  return below === undefined ? undefined : { ...node, selectionSet: below };
}

function hasOwn(owner: ObjectType, { name }: FieldNode, subgraph: Subgraph): boolean {
  const field = owner.field(name.value);
  const metadata = subgraph.metadata();
  if (field === undefined || metadata.isFieldExternal(field)) return false;
  return !field.hasAppliedDirective(metadata.requiresDirective().name);
}

function ownSelection(
  set: SelectionSetNode,
  type: CompositeType,
  subgraph: Subgraph,
): SelectionSetNode | undefined {
  const selections: SelectionNode[] = isAbstractType(type) ? [TYPENAME] : [];
  for (const selection of set.selections) {
    const own = selection.kind === Kind.FIELD ? ownField(selection, type, subgraph) : undefined;
    if (own === undefined) return undefined;
    selections.push(own);
  }
  return setOf(selections);
}
