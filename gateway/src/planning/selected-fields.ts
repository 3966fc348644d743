import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation with its fragments by name. */
export interface OperationParts {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The operation of a document that has one of this name; without a name its first. */
export function partsOf(document: DocumentNode, name?: string): OperationParts {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const operation = operations.find((one) => name === undefined || one.name?.value === name);
  if (operation === undefined) throw new Error('the document has no such operation');
  return { operation, fragments };
}

/** A field with what stands around it. */
export interface SelectedField {
  readonly node: FieldNode;
  /** Directives of the fragments around it. */
  readonly directives: readonly DirectiveNode[];
}

/** The key of a field in the answer. */
export const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** Fields of selection sets and of the fragments in them whose type condition `applies`. */
export function fieldsOf(
  sets: readonly SelectionSetNode[],
  fragments: OperationParts['fragments'],
  applies: (typeCondition: string) => boolean = () => true,
  around: readonly DirectiveNode[] = [],
): SelectedField[] {
  return sets.flatMap(({ selections }) =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [{ node: selection, directives: around }];
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment === undefined) return [];
      const { typeCondition, selectionSet } = fragment;
      if (typeCondition !== undefined && !applies(typeCondition.name.value)) return [];
      return fieldsOf([selectionSet], fragments, applies, [...around, ...(selection.directives ?? [])]);
    }),
  );
}

/** Selection sets at a way of response keys, whatever the types on the way. */
export function selectionsAt(
  root: SelectionSetNode,
  way: readonly string[],
  fragments: OperationParts['fragments'],
): readonly SelectionSetNode[] {
  let sets: readonly SelectionSetNode[] = [root];
  for (const key of way) {
    sets = fieldsOf(sets, fragments).flatMap(({ node }) =>
      keyOf(node) === key && node.selectionSet !== undefined ? [node.selectionSet] : [],
    );
  }
  return sets;
}
