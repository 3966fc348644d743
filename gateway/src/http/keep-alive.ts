/** The other end of a connection that stays open. */
export interface Peer {
  /** Whether it has answered the last ping; true before the first. */
  hasAnswered: boolean;
  ping(): void;
  /** Called when a ping was not answered in time. */
  giveUp(): void;
}

/** Pings peers in turn. */
export interface KeepAlive {
  readonly add: (peer: Peer) => void;
  readonly remove: (peer: Peer) => void;
}

/** So that thousands who came together are not pinged in the same moment. */
const SLOTS = 32;

/**
 * Pings every peer once in an interval; who has not answered by the next is given up. So a peer that is gone is known within
 * two intervals. One timer for all, which runs while there is anybody.
 */
export function createKeepAlive(intervalMs: number): KeepAlive {
  const slots = Array.from({ length: SLOTS }, () => new Set<Peer>());
  let size = 0;
  let turn = 0;
  let next = 0;
  let timer: NodeJS.Timeout | undefined;

  function beat(): void {
    turn = (turn + 1) % SLOTS;
    for (const peer of slots[turn] ?? []) {
      if (peer.hasAnswered) {
        peer.hasAnswered = false;
        peer.ping();
        continue;
      }
      // A process that was too busy to read for so long has timers to serve first: the answer may be there already.
      setImmediate(() => {
        if (!peer.hasAnswered) peer.giveUp();
      });
    }
  }

  return {
    add: (peer) => {
      next = (next + 1) % SLOTS;
      slots[next]?.add(peer);
      size += 1;
      timer ??= setInterval(beat, intervalMs / SLOTS);
    },
    remove: (peer) => {
      if (!slots.some((slot) => slot.delete(peer))) return;
      size -= 1;
      if (size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
}
