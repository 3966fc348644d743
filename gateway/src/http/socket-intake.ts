import type { WebSocket } from 'ws';

const MESSAGES_PER_SECOND = 100;
const MESSAGES_AT_ONCE = 300;
/** A client that does not read its answers may not ask for more. */
const MAX_UNREAD_BYTES = 1024 * 1024;
const UNREAD_RETRY_MS = 100;

/** Limits how fast one socket is listened to. */
export interface SocketIntake {
  /** Counts one message. Beyond the limit the socket is not read for a while; the client's messages wait in line. */
  readonly count: () => void;
  readonly stop: () => void;
}

/** A limit by waiting: nothing is lost and nobody else is slowed down. */
export function createSocketIntake(socket: WebSocket): SocketIntake {
  let allowance = MESSAGES_AT_ONCE;
  let countedAt = performance.now();
  let waiting: NodeJS.Timeout | undefined;

  function refill(): void {
    const now = performance.now();
    const gained = ((now - countedAt) / 1_000) * MESSAGES_PER_SECOND;
    allowance = Math.min(MESSAGES_AT_ONCE, allowance + gained);
    countedAt = now;
  }

  function waitMs(): number {
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) return UNREAD_RETRY_MS;
    return allowance >= 0 ? 0 : (-allowance / MESSAGES_PER_SECOND) * 1_000;
  }

  function listenOrWait(): void {
    waiting = undefined;
    refill();
    const ms = waitMs();
    if (ms === 0) {
      socket.resume();
      return;
    }
    socket.pause();
    waiting = setTimeout(listenOrWait, ms);
  }

  return {
    count: () => {
      allowance -= 1;
      if (waiting === undefined && (allowance < 0 || socket.bufferedAmount > MAX_UNREAD_BYTES))
        listenOrWait();
    },
    stop: () => clearTimeout(waiting),
  };
}
