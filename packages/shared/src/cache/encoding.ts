import type { CacheFamily } from './cache.ts';
import { countError } from './metrics.ts';

const MAX_CHARS = 262_144;

/** A value as it is stored; null when there is none, or when it is too long. */
export function encodeValue<T>(family: CacheFamily<T>, value: T | undefined): string | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value);
  if (text.length <= (family.maxChars ?? MAX_CHARS)) return text;
  countError('too-large');
  return null;
}

/** Undefined for what does not fit the family: garbage, or another version's value. */
export function decodeValue<T>(family: CacheFamily<T>, text: string): T | undefined {
  try {
    const result = family.schema.safeParse(JSON.parse(text));
    if (result.success) return result.data;
  } catch {
    // Not JSON: counted below, like what is of another shape.
  }
  countError('garbage');
  return undefined;
}
