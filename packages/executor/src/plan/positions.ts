import type { InternNode } from '../entities/intern.ts';
import type { PlannedFetch } from './compile-fetch.ts';
import type { SelectionKeys } from './selection-keys.ts';

/** What the fetches of a plan do at the positions of the answer. A position is named by its response keys. */
export interface Positions {
  /** More than one fetch brings objects here. */
  readonly isContested: (position: readonly string[]) => boolean;
  /** Several objects of the answer may hold the very same object or list here. */
  readonly isShared: (position: readonly string[]) => boolean;
  /** Where equal objects in the answer to a fetch become one; `null` when nowhere. */
  readonly internNodeOf: (fetch: PlannedFetch) => InternNode | null;
}

/** Works out who does what where, from all fetches of a plan. */
export function createPositions(fetches: readonly PlannedFetch[]): Positions {
  const bringers = new Map<string, number>();
  const attached = new Set<string>();
  const identifiers = new Map<string, string>();
  for (const { path, keys, entity } of fetches) {
    const at = withoutLists(path);
    eachPosition(at, keys, (position) => {
      const name = nameOf(position);
      bringers.set(name, (bringers.get(name) ?? 0) + 1);
    });
    if (path.length === 0) continue;
    for (const key of keys.keys()) attached.add(nameOf([...at, key]));
    if (entity?.identifier != null) identifiers.set(nameOf(at), entity.identifier);
  }
  const isContested = (position: readonly string[]): boolean => (bringers.get(nameOf(position)) ?? 0) > 1;
  const identifierAt = (position: readonly string[]): string | null =>
    isContested(position) ? null : (identifiers.get(nameOf(position)) ?? null);

  function internNode(position: readonly string[], keys: SelectionKeys): InternNode | null {
    const below = new Map<string, InternNode>();
    for (const [key, inner] of keys) {
      const node = inner === null ? null : internNode([...position, key], inner);
      if (node !== null) below.set(key, node);
    }
    const identifier = identifierAt(position);
    const intern =
      identifier !== null && keys.has(identifier) ? { key: identifier, fields: [...keys.keys()] } : null;
    return intern === null && below.size === 0 ? null : { below, intern };
  }

  return {
    isContested,
    isShared: (position) =>
      (attached.has(nameOf(position)) && !isContested(position)) || identifierAt(position) !== null,
    internNodeOf: ({ path, keys }) => {
      const node = internNode(withoutLists(path), keys);
      // The objects of the fetch itself are not what its answer holds: they get it.
      return node === null || node.below.size === 0 ? null : { ...node, intern: null };
    },
  };
}

function eachPosition(
  at: readonly string[],
  keys: SelectionKeys,
  visit: (position: readonly string[]) => void,
): void {
  for (const [key, below] of keys) {
    if (below === null) continue;
    visit([...at, key]);
    eachPosition([...at, key], below, visit);
  }
}

function withoutLists(path: readonly string[]): string[] {
  return path.filter((part) => part !== '@');
}

// A dot is in no name of GraphQL.
function nameOf(position: readonly string[]): string {
  return position.join('.');
}
