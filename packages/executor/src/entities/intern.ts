import { fieldOf, isJsonObject, type JsonObject } from '../fetch/subgraph-fetch.ts';

/** Where in an answer equal objects are made one. */
export interface InternNode {
  /** By response key. */
  readonly below: ReadonlyMap<string, InternNode>;
  /** How objects here are told apart; `null` where they stay as they are. */
  readonly intern: {
    /** A field that differs between most objects that differ. */
    readonly key: string;
    /** Everything that was asked for: objects that agree in it are equal. */
    readonly fields: readonly string[];
  } | null;
}

/** Makes equal objects of one answer one object. */
export interface Interner {
  /** Goes through a part of the answer; lists are looked through. */
  readonly intern: (value: unknown) => void;
}

/**
 * Subgraphs repeat an object wherever it is mentioned: an author with every review. Equal objects at one position become the
 * very same object, so whatever is done with them afterwards (representing, completing, writing) is done once. The answer
 * must be new: nobody else may hold a part of it.
 */
export function createInterner(root: InternNode): Interner {
  const known = new Map<InternNode, Map<unknown, JsonObject>>();

  function visit(value: unknown, node: InternNode): unknown {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        const element: unknown = value[index];
        const one = visit(element, node);
        if (one !== element) value[index] = one;
      }
      return value;
    }
    if (!isJsonObject(value)) return value;
    for (const [key, below] of node.below) {
      const inner = fieldOf(value, key);
      const one = visit(inner, below);
      if (one !== inner) value[key] = one;
    }
    return node.intern === null ? value : first(value, node, node.intern);
  }

  function first(object: JsonObject, node: InternNode, { key, fields }: NonNullable<InternNode['intern']>) {
    let objects = known.get(node);
    if (objects === undefined) known.set(node, (objects = new Map<unknown, JsonObject>()));
    const name = object[key];
    const candidate = objects.get(name);
    if (candidate === undefined) objects.set(name, object);
    else if (fields.every((field) => isEqual(object[field], candidate[field]))) return candidate;
    return object;
  }

  return {
    intern: (value) => void visit(value, root),
  };
}

function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    return one.every((element, index) => isEqual(element, other[index]));
  }
  if (!isJsonObject(one) || !isJsonObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isEqual(one[key], other[key]))
  );
}
