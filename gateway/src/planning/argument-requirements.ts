import type { CompositeType, Subgraph } from '@apollo/federation-internals';
import { type FieldNode, Kind, parse, print, type SelectionSetNode } from 'graphql';
import { typeOf } from './own-fields.ts';
import { fieldsOf, keyOf } from './selected-fields.ts';

/** By subgraph and `Type.field`: the fields that it requires of its object and that take arguments, sent or not. */
export type ArgumentRequirements = ReadonlyMap<string, ReadonlyMap<string, readonly FieldNode[]>>;

/** Reads from `@requires` what takes arguments. */
export function argumentRequirements(subgraphs: readonly Subgraph[]): ArgumentRequirements {
  const found = subgraphs.map((subgraph) => [subgraph.name, requirementsOf(subgraph)] as const);
  return new Map(found.filter(([, required]) => required.size > 0));
}

function requirementsOf(subgraph: Subgraph): ReadonlyMap<string, readonly FieldNode[]> {
  const directive = subgraph.metadata().requiresDirective();
  const found = new Map<string, readonly FieldNode[]>();
  for (const type of subgraph.schema.objectTypes()) {
    for (const field of type.fields()) {
      const [applied] = field.appliedDirectivesOf(directive);
      if (applied === undefined) continue;
      const required = fieldsWithArguments(String(applied.arguments().fields), type);
      if (required.length > 0) found.set(field.coordinate, required);
    }
  }
  return found;
}

function fieldsWithArguments(fieldSet: string, type: CompositeType): readonly FieldNode[] {
  const [definition] = parse(`{${fieldSet}}`, { noLocation: true }).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) return [];
  return definition.selectionSet.selections.filter(
    (selection): selection is FieldNode => selection.kind === Kind.FIELD && takesArguments(selection, type),
  );
}

function takesArguments(node: FieldNode, parent: CompositeType): boolean {
  if ((parent.field(node.name.value)?.arguments().length ?? 0) > 0) return true;
  const type = typeOf(node, parent);
  if (type === undefined) return false;
  return fieldsOf(node.selectionSet === undefined ? [] : [node.selectionSet], new Map()).some(
    ({ node: below }) => takesArguments(below, type),
  );
}

/** Whether a field of a request brings all that another wants, whatever the variables. */
export function covers(have: FieldNode, want: FieldNode): boolean {
  if (have.name.value !== want.name.value || !haveSameArguments(have, want)) return false;
  if ((have.directives ?? []).length > 0) return false;
  return want.selectionSet === undefined || coversAll(have.selectionSet, want.selectionSet);
}

function coversAll(have: SelectionSetNode | undefined, want: SelectionSetNode): boolean {
  const fields = have?.selections ?? [];
  return want.selections.every((wanted) =>
    fields.some((one) => {
      if (one.kind !== Kind.FIELD || wanted.kind !== Kind.FIELD) return print(one) === print(wanted);
      return keyOf(one) === keyOf(wanted) && covers(one, wanted);
    }),
  );
}

/** Whether two fields are asked for with the same arguments, as they are written. */
export function haveSameArguments(one: FieldNode, other: FieldNode): boolean {
  return argumentsOf(one) === argumentsOf(other);
}

const argumentsOf = (node: FieldNode): string => (node.arguments ?? []).map(print).toSorted().join();
