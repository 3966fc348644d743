import type { WebSocket } from 'ws';

const MESSAGES_PER_SECOND = 100;
const MESSAGES_AT_ONCE = 300;
/** A client that does not read its answers may not ask for more. */
const MAX_UNREAD_BYTES = 1024 * 1024;
const UNREAD_RETRY_MS = 100;

/**
 * Limits how fast one socket is listened to, by waiting: nothing is lost and nobody else is slowed down. A class, because
 * every open socket has one.
 */
export class SocketIntake {
  readonly #socket: WebSocket;
  #allowance = MESSAGES_AT_ONCE;
  #countedAt = performance.now();
  #waiting: NodeJS.Timeout | null = null;

  constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  /** Counts one message. Beyond the limit the socket is not read for a while; the client's messages wait in line. */
  count(): void {
    this.#allowance -= 1;
    if (this.#waiting !== null) return;
    if (this.#allowance < 0 || this.#socket.bufferedAmount > MAX_UNREAD_BYTES) this.#listenOrWait();
  }

  /** True while it is not read for having said too much: then its answers to pings wait as well. */
  get makesWait(): boolean {
    return this.#waiting !== null && this.#socket.bufferedAmount <= MAX_UNREAD_BYTES;
  }

  stop(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting);
  }

  #refill(): void {
    const now = performance.now();
    const gained = ((now - this.#countedAt) / 1_000) * MESSAGES_PER_SECOND;
    this.#allowance = Math.min(MESSAGES_AT_ONCE, this.#allowance + gained);
    this.#countedAt = now;
  }

  #waitMs(): number {
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) return UNREAD_RETRY_MS;
    return this.#allowance >= 0 ? 0 : (-this.#allowance / MESSAGES_PER_SECOND) * 1_000;
  }

  #listenOrWait(): void {
    this.#waiting = null;
    this.#refill();
    const ms = this.#waitMs();
    if (ms === 0) {
      this.#socket.resume();
      return;
    }
    this.#socket.pause();
    this.#waiting = setTimeout(() => this.#listenOrWait(), ms);
  }
}
