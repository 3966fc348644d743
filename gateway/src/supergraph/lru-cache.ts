/** The `capacity` most recently used values, by key. */
export class LRUCache<Value> {
  readonly #values = new Map<string, Value>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value of the key, when it is there. */
  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) this.#touch(key, value);
    return value;
  }

  /** All values, those used last first. */
  values(): Value[] {
    return [...this.#values.values()].reverse();
  }

  /** The value of the key, building and keeping it when absent. What `build` throws passes on and is not kept. */
  getOrBuild(key: string, build: () => Value): Value {
    const known = this.#values.get(key);
    const value = known ?? build();
    this.#touch(key, value);
    if (this.#values.size > this.#capacity) {
      const [oldest] = this.#values.keys();
      if (oldest !== undefined) this.#values.delete(oldest);
    }
    return value;
  }

  // A Map iterates in order of insertion, so the first key is the one used longest ago.
  #touch(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
  }
}
