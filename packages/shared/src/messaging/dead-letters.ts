import type { JsMsg } from '@nats-io/jetstream';
import { headers } from 'nats';
import { maxPayloadBytes, type Messaging } from './connection.ts';
import { deadLetterSubject, qualify, unqualify } from './subjects.ts';

const MAX_ERROR_LENGTH = 500;
/** For subject and headers, those of the burial included, in bytes. */
const HEADER_ROOM_BYTES = 8 * 1024;

/** Text as a NATS header can carry it: one line, 500 characters. */
export function headerText(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').slice(0, MAX_ERROR_LENGTH);
}

/**
 * Copies a message that nobody can handle to the dead letters, with its own headers and those that say why. Resolves
 * once it is stored. The same `id` is stored once, however often it is tried. Of a payload that leaves no room for those
 * headers only the beginning is kept; `x-dead-bytes` then says how long it was.
 */
export async function publishDeadLetter(
  messaging: Messaging,
  message: JsMsg,
  dead: { readonly id: string; readonly cause: string; readonly error: string; readonly consumer: string },
): Promise<void> {
  const { namespace, jetstream } = messaging;
  const { stream, streamSequence, deliveryCount } = message.info;
  const original = unqualify(namespace, message.subject);
  const carried = headers();
  for (const [name, values] of message.headers ?? []) {
    // What the server itself reads, such as the message id, belongs to the first journey.
    if (!name.startsWith('Nats-')) carried.set(name, values[0] ?? '');
  }
  const maxBytes = maxPayloadBytes(messaging) - HEADER_ROOM_BYTES;
  const tooLong = message.data.length > maxBytes;
  const facts = {
    ...(tooLong ? { 'x-dead-bytes': String(message.data.length) } : {}),
    'x-dead-cause': dead.cause,
    'x-dead-error': headerText(dead.error),
    'x-dead-stream': stream,
    'x-dead-consumer': dead.consumer,
    'x-dead-seq': String(streamSequence),
    'x-dead-subject': original,
    'x-dead-deliveries': String(deliveryCount),
    'x-dead-at': new Date().toISOString(),
  };
  for (const [name, value] of Object.entries(facts)) carried.set(name, value);
  const subject = deadLetterSubject(stream.slice(namespace.length), dead.cause, original);
  const kept = tooLong ? message.data.subarray(0, maxBytes) : message.data;
  await jetstream.publish(qualify(namespace, subject), kept, { msgID: dead.id, headers: carried });
}
