import { fieldOf, isJsonObject, type JsonObject, setField } from '../fetch/subgraph-fetch.ts';

/** Merges `source` into `target`, objects and lists of equal length with what is there, anything else over it. */
export function mergeJson(target: JsonObject, source: JsonObject): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    // What the target inherits is everybody's: nothing may be merged into that.
    if (value !== undefined && !mergeInto(fieldOf(target, key), value)) setField(target, key, value);
  }
}

// False when the two cannot be merged and the new value stands alone.
function mergeInto(target: unknown, source: unknown): boolean {
  if (isJsonObject(target) && isJsonObject(source)) {
    mergeJson(target, source);
    return true;
  }
  if (!Array.isArray(target) || !Array.isArray(source) || target.length !== source.length) return false;
  for (const [index, value] of (source as readonly unknown[]).entries()) {
    if (!mergeInto(target[index], value)) target[index] = value;
  }
  return true;
}
