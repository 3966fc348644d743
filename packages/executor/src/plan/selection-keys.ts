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

/** Adds what `added` asks for to `keys`. */
export function addKeys(keys: SelectionKeys, added: SelectionKeys): void {
  for (const [key, below] of added) {
    const known = keys.get(key) ?? null;
    if (below === null) {
      keys.set(key, known);
    } else {
      const merged = known ?? new Map();
      addKeys(merged, below);
      keys.set(key, merged);
    }
  }
}
