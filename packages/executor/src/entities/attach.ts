import { fieldOf, type JsonObject } from '../fetch/subgraph-fetch.ts';
import { mergeJson } from './merge-json.ts';

/** A response key that a fetch brings to its objects. */
export interface AttachedKey {
  readonly key: string;
  /**
   * Other fetches add to the same objects under this key, so each target needs a copy of its own. Without that, all targets
   * that got the same answer hold the very same value.
   */
  readonly isContested: boolean;
}

/** Gives an object what a subgraph has answered for it. Keys that nobody asked for are left behind. */
export function attach(target: JsonObject, answer: JsonObject, keys: readonly AttachedKey[]): void {
  for (const { key, isContested } of keys) {
    const value = fieldOf(answer, key);
    if (value === undefined) continue;
    if (isContested) mergeJson(target, { [key]: structuredClone(value) });
    else target[key] = value;
  }
}
