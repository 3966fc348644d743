import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** Response keys that a selection asks for, with those below each; a leaf has `null`. */
export type SelectionKeys = Map<string, SelectionKeys | null>;

/** The response keys of a selection, whatever the types: conditions on types are looked through. */
export function keysOfSelection(
  selectionSet: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  keys: SelectionKeys = new Map(),
): SelectionKeys {
  for (const selection of selectionSet.selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const below = keys.get(key) ?? null;
      const inner = selection.selectionSet;
      keys.set(key, inner === undefined ? below : keysOfSelection(inner, fragments, below ?? new Map()));
    } else {
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (inner !== undefined) keysOfSelection(inner.selectionSet, fragments, keys);
    }
  }
  return keys;
}
