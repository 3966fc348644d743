import { fieldOf, isJsonObject, type JsonObject } from '../fetch/subgraph-fetch.ts';

/** One step from an object towards the objects that a fetch is about. */
export type PathStep =
  | { readonly kind: 'each'; readonly isShared: boolean }
  | {
      readonly kind: 'key';
      readonly key: string;
      /** What it leads to may be held in several places. */
      readonly isShared: boolean;
    };

/**
 * Finds the objects at the end of a path. What several objects share is looked into once, so however often a shared object
 * stands in the answer, it is found once.
 */
export function findEntities(root: JsonObject, path: readonly PathStep[]): JsonObject[] {
  const found: JsonObject[] = [];
  walk(root, 0, { path, found, seen: new Set() });
  return found;
}

interface Search {
  readonly path: readonly PathStep[];
  readonly found: JsonObject[];
  readonly seen: Set<unknown>;
}

function walk(value: unknown, depth: number, search: Search): void {
  const step = search.path[depth];
  if (step === undefined) {
    collect(value, search.found);
  } else if (step.kind === 'each') {
    if (!Array.isArray(value)) return;
    for (const element of value) if (isNew(element, step, search)) walk(element, depth + 1, search);
  } else if (isJsonObject(value)) {
    const inner = fieldOf(value, step.key);
    if (isNew(inner, step, search)) walk(inner, depth + 1, search);
  }
}

function isNew(value: unknown, { isShared }: PathStep, { seen }: Search): boolean {
  if (value === undefined || value === null) return false;
  if (!isShared) return true;
  if (seen.has(value)) return false;
  seen.add(value);
  return true;
}

function collect(value: unknown, found: JsonObject[]): void {
  if (isJsonObject(value)) found.push(value);
  else if (Array.isArray(value)) for (const element of value) collect(element, found);
}

/** An object, and where it stands in the answer. */
export interface PlacedEntity {
  readonly object: JsonObject;
  readonly path: readonly (string | number)[];
}

/** The same with places: a shared object is found at each of them, in the order of the answer. */
export function* placeEntities(root: JsonObject, path: readonly PathStep[]): Generator<PlacedEntity> {
  const here: (string | number)[] = [];

  function* each(value: readonly unknown[], depth: number): Generator<PlacedEntity> {
    for (const [index, element] of value.entries()) {
      here.push(index);
      yield* visit(element, depth);
      here.pop();
    }
  }

  function* visit(value: unknown, depth: number): Generator<PlacedEntity> {
    const step = path[depth];
    if (Array.isArray(value)) {
      if (step === undefined) yield* each(value, depth);
      else if (step.kind === 'each') yield* each(value, depth + 1);
    } else if (isJsonObject(value)) {
      if (step === undefined) yield { object: value, path: [...here] };
      if (step?.kind !== 'key') return;
      here.push(step.key);
      yield* visit(fieldOf(value, step.key), depth + 1);
      here.pop();
    }
  }

  yield* visit(root, 0);
}
