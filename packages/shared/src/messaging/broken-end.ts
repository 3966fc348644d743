/**
 * What nats-server 2.9 leaves behind when a stream has lost its end on disk. Later servers need none of it: they count
 * on after the highest sequence that they ever gave.
 */
import type { ConsumerInfo, JsMsg, StreamInfo } from '@nats-io/jetstream';
import { headers } from 'nats';
import { maxPayloadBytes, type Messaging } from './connection.ts';
import { isThere } from './missing-messages.ts';
import { findStream } from './streams.ts';

/** For subject and headers, in bytes. */
const HEADER_ROOM_BYTES = 1024;
/** Blocks of 2.9 are 8 MiB. */
const MAX_FILL_BYTES = 4 * 8 * 1024 * 1024;
const FILLER = 'x-filler';
/** Stands in the names of our durables; those of others are theirs to mend. */
const OURS = '__';

/**
 * Deletes our consumers that have been handed more than their stream now counts: they would skip whatever is given those
 * sequences next. Their owners make them again and are handed the stream from its start; the inbox knows what was
 * handled. To be called before anything is published into the stream.
 * @returns names of those deleted
 */
export async function deleteOvertaking(
  messaging: Messaging,
  { config, state }: StreamInfo,
): Promise<string[]> {
  const { consumers } = messaging.manager;
  const isAhead = ({ delivered }: ConsumerInfo, last: number): boolean => delivered.stream_seq > last;
  const suspects: ConsumerInfo[] = [];
  for await (const consumer of consumers.list(config.name))
    if (consumer.config.durable_name?.includes(OURS) === true && isAhead(consumer, state.last_seq))
      suspects.push(consumer);
  if (suspects.length === 0) return [];
  // The stream may have grown since it was looked at.
  const now = await findStream(messaging, config.name);
  const ahead = suspects.filter((consumer) => now !== null && isAhead(consumer, now.state.last_seq));
  for (const { name } of ahead) await consumers.delete(config.name, name);
  return ahead.map(({ name }) => name);
}

/**
 * Makes a stream fit to be written to again whose end nats-server 2.9 has cut off at a damaged message. That server
 * counts the message that it has cut off, and looks messages up by how many come before them in their block: whatever is
 * written to the block from then on is acknowledged and never found again. So the block is filled up until a message can
 * be read back, which is in the next one.
 * @returns sequences of what was published, the last of which can be read: none for a stream that is sound; `null` when
 *   nothing can be read back.
 */
export async function passBrokenEnd(messaging: Messaging, found: StreamInfo): Promise<number[] | null> {
  const { name, subjects, max_msg_size: maxSize } = found.config;
  if (!(await isEndBroken(messaging, found))) return [];
  const maxPayload = maxPayloadBytes(messaging);
  const size = (maxSize > 0 ? Math.min(maxSize, maxPayload) : maxPayload) - HEADER_ROOM_BYTES;
  const subject = subjects[0]?.replace(/[*>].*$/, 'filler') ?? '';
  const filled: number[] = [];
  for (let count = 1; count <= MAX_FILL_BYTES / size; count += 1) {
    const marked = headers();
    marked.set(FILLER, String(count));
    const { seq } = await messaging.jetstream.publish(subject, new Uint8Array(size), { headers: marked });
    filled.push(seq);
    const back = await messaging.manager.streams.getMessage(name, { seq });
    if (back?.header.get(FILLER) === String(count)) return filled;
  }
  return null;
}

/** True for a message of {@link passBrokenEnd}: another version of the server may find it again. */
export function isFiller(message: JsMsg): boolean {
  return message.headers?.has(FILLER) === true;
}

/** The last message cannot be read, and nobody has deleted it; or there are more messages than numbers for them. */
async function isEndBroken(messaging: Messaging, { config, state }: StreamInfo): Promise<boolean> {
  const { first_seq: first, last_seq: last, messages } = state;
  if (last === 0 || last - first + 1 === messages) return false;
  if (messages > last - first + 1) return true;
  if (await isThere(messaging, config.name, last)) return false;
  const now = await findStream(messaging, config.name, { deletedDetails: true });
  if (now === null || now.state.first_seq > last) return false;
  return now.state.deleted?.includes(last) !== true;
}
