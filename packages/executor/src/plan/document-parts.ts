import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode } from 'graphql';

/** An operation and the fragments beside it. */
export interface DocumentParts {
  /** `undefined` when there is no such operation. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** The parts of a document; without a name its first operation. */
export function partsOf(document: DocumentNode, name?: string): DocumentParts {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    else if (
      definition.kind === Kind.OPERATION_DEFINITION &&
      [undefined, definition.name?.value].includes(name)
    )
      operation ??= definition;
  }
  return { operation, fragments };
}
