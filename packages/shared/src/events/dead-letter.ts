import { createHash } from 'node:crypto';
import type { JsMsg } from '@nats-io/jetstream';
import type { EntityManager } from 'typeorm';
import { unqualify } from '../messaging/index.ts';

/** A message that nobody could handle, as the dead letter stream holds it. Texts are fit for PostgreSQL. */
export interface DeadLetter {
  /** The same for every delivery of one letter; of another one, even after the streams were lost, never. */
  readonly id: string;
  /** Stream it died in, without the namespace; for a task's letter the queue of its owner. */
  readonly stream: string;
  /** Subject it had there, without the namespace. */
  readonly subject: string;
  readonly cause: string;
  readonly error: string;
  /** Deliveries or attempts it got. */
  readonly deliveries: number;
  readonly at: Date;
  /** Of its first journey: neither what NATS reads nor what the burial added. */
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: Uint8Array;
}

/** Keeps a dead letter. May be called again with the same letter: idempotent by its id. */
export type DeadLetterHandler = (letter: DeadLetter, tx: EntityManager) => Promise<void>;

/** Reads a message of `dlq.>`. Never throws: a letter that nobody can read would be lost for good. */
export function readDeadLetter(message: JsMsg, namespace: string): DeadLetter {
  const [, stream = '', cause = '', ...rest] = unqualify(namespace, message.subject).split('.');
  const all = [...(message.headers ?? [])].map(([name, values]) => [name, plain(values[0] ?? '')] as const);
  const facts = new Map(all);
  const original = all.filter(([name]) => !/^(nats-|x-dead-)/i.test(name));
  const subject = rest.join('.');
  const deliveries = Number(facts.get('x-dead-deliveries'));
  const at = new Date(facts.get('x-dead-at') ?? message.time);
  const messageId = facts.get('Nats-Msg-Id') ?? String(message.info.streamSequence);
  // The message id names a place in a stream. Once streams were lost, another message lies there.
  const identity = [messageId, subject, facts.get('ce-id') ?? ''].join('\n');
  return {
    id: createHash('sha256').update(identity).update(message.data).digest('hex').slice(0, 32),
    stream,
    subject,
    cause,
    error: facts.get('x-dead-error') ?? '',
    deliveries: Number.isInteger(deliveries) && Math.abs(deliveries) < 2 ** 31 ? deliveries : 0,
    at: Number.isNaN(at.getTime()) ? message.time : at,
    headers: Object.fromEntries(original),
    payload: message.data,
  };
}

/** PostgreSQL takes no NUL in text, and a letter that it refuses would come back for ever. */
function plain(text: string): string {
  return text.replaceAll('\0', '\uFFFD').toWellFormed();
}
