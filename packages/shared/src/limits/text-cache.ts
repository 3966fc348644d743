/** Values by text, bounded by how much text they are kept under: a client cannot fill it with long documents. */
export interface TextCache<Value> {
  readonly get: (text: string) => Value | undefined;
  /** Keeps a value; those used longest ago make room. What is longer than the whole cache is not kept. */
  readonly set: (text: string, value: Value, characters?: number) => void;
  /** Characters that are kept now. */
  readonly size: () => number;
}

/** A cache whose values count as many characters as their key, or as many as `set` says. */
export function createTextCache<Value>(maxCharacters: number): TextCache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly characters: number }>();
  let size = 0;

  function drop(text: string): void {
    size -= entries.get(text)?.characters ?? 0;
    entries.delete(text);
  }

  return {
    size: () => size,
    get: (text) => {
      const entry = entries.get(text);
      if (entry === undefined) return undefined;
      // A Map iterates in order of insertion, so the first key is the one used longest ago.
      entries.delete(text);
      entries.set(text, entry);
      return entry.value;
    },
    set: (text, value, characters = text.length) => {
      drop(text);
      if (characters > maxCharacters) return;
      entries.set(text, { value, characters });
      size += characters;
      for (const oldest of entries.keys()) {
        if (size <= maxCharacters) break;
        drop(oldest);
      }
    },
  };
}
