/** Times and sizes of {@link createNonceMemory}. */
export interface NonceMemoryOptions {
  /** Milliseconds for which a signature counts. */
  readonly maxAgeMs: number;
  /** Signatures in each of the two generations. @default 100000 */
  readonly capacity?: number;
}

/** Remembers the signatures of requests that were served. */
export interface NonceMemory {
  /**
   * Notes a signature that has been verified. False when it has come before, or when it is so old that this cannot be told.
   * @param signature base64url of a MAC over a nonce: as random as the nonce is.
   * @param timestampMs when it was made, as the signature says.
   */
  readonly admit: (signature: string, timestampMs: number, nowMs: number) => boolean;
}

// 72 bits of a MAC. V8 copies so short a piece, a longer one would hold the whole header in memory.
const REMEMBERED_LENGTH = 12;

interface Generation {
  readonly seen: Set<string>;
  readonly bornAtMs: number;
  newestMs: number;
}

/**
 * Remembers in bounded memory, without ever letting a signature through twice. Two generations of signatures: the older
 * one is forgotten after `maxAgeMs`, or sooner when the younger one is full, and from then on nothing counts that is as
 * old as what was forgotten. At 10,000 requests a second that is 10 seconds, more than any honest request takes.
 */
export function createNonceMemory({ maxAgeMs, capacity = 100_000 }: NonceMemoryOptions): NonceMemory {
  let older = generation(-Infinity);
  let younger = generation(-Infinity);
  let forgottenMs = -Infinity;

  return {
    admit: (signature, timestampMs, nowMs) => {
      if (younger.seen.size >= capacity || nowMs - younger.bornAtMs > maxAgeMs) {
        forgottenMs = Math.max(forgottenMs, older.newestMs);
        older = younger;
        younger = generation(nowMs);
      }
      if (timestampMs <= forgottenMs) return false;
      const key = signature.slice(-REMEMBERED_LENGTH);
      if (younger.seen.has(key) || older.seen.has(key)) return false;
      younger.seen.add(key);
      younger.newestMs = Math.max(younger.newestMs, timestampMs);
      return true;
    },
  };
}

function generation(bornAtMs: number): Generation {
  return { seen: new Set(), bornAtMs, newestMs: -Infinity };
}
