import { JetStreamApiError, type StreamInfo } from '@nats-io/jetstream';
import type { Messaging } from './connection.ts';

const READ_AHEAD = 1_000;
const READ_IDLE_MS = 2_000;
const CONFIRMED_AT_ONCE = 100;

/**
 * Sequences from `from` to the last one whose messages cannot be read, by reading the headers of all that can: counts
 * and details of a stream do not tell of a damaged message, nor those of nats-server 2.9 of a lost block.
 * @returns nothing once `signal` has aborted.
 */
export async function findMissing(
  messaging: Messaging,
  found: StreamInfo,
  { from, signal }: { readonly from: number; readonly signal?: AbortSignal },
): Promise<number[]> {
  const unread = await readPast(messaging, found, { from, signal });
  const missing: number[] = [];
  for (let start = 0; start < unread.length && signal?.aborted !== true; start += CONFIRMED_AT_ONCE) {
    // An interrupted reading has seen too little; what can be had by its number is there.
    const chunk = unread.slice(start, start + CONFIRMED_AT_ONCE);
    const present = await Promise.all(chunk.map((seq) => isThere(messaging, found.config.name, seq)));
    missing.push(...chunk.filter((_, index) => present[index] === false));
  }
  return signal?.aborted === true ? [] : missing;
}

/** Sequences that a reader of the stream does not come across. */
async function readPast(
  { jetstream }: Messaging,
  { config, state }: StreamInfo,
  { from, signal }: { readonly from: number; readonly signal: AbortSignal | undefined },
): Promise<number[]> {
  const unread: number[] = [];
  let next = Math.max(from, state.first_seq);
  if (next > state.last_seq) return unread;
  const passOver = (until: number): void => {
    for (; next < until; next += 1) unread.push(next);
  };
  const consumer = await jetstream.consumers.get(config.name, { headers_only: true, opt_start_seq: next });
  for (let before = 0; next <= state.last_seq && next !== before && signal?.aborted !== true; ) {
    before = next;
    const messages = await consumer.fetch({ max_messages: READ_AHEAD, expires: READ_IDLE_MS });
    const stop = (): void => void messages.close();
    signal?.addEventListener('abort', stop);
    for await (const { seq } of messages) {
      if (seq < next) continue;
      passOver(seq);
      next = seq + 1;
      if (next > state.last_seq) break;
    }
    signal?.removeEventListener('abort', stop);
  }
  await consumer.delete();
  passOver(state.last_seq + 1);
  return unread;
}

/** True when the message can be read. */
export async function isThere({ manager }: Messaging, stream: string, seq: number): Promise<boolean> {
  return await manager.streams.getMessage(stream, { seq }).then(
    (message) => message !== null,
    (error: unknown) => {
      // The server says that it cannot read it.
      if (error instanceof JetStreamApiError) return false;
      throw error;
    },
  );
}
