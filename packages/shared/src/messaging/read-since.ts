import { DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import type { Messaging } from './connection.ts';
import { qualify } from './subjects.ts';

const READ_AHEAD = 1_000;
const READ_IDLE_MS = 2_000;

/** Which messages of a stream are read. */
export interface ReadSince {
  /** Wildcards allowed, no namespace. */
  readonly subject: string;
  /** By the clock of the server, when it stored them. */
  readonly since: Date;
}

/** Gives what a stream holds of a subject since a time, in order, to `take`; what is stored meanwhile may be left out. */
export async function readSince(
  { jetstream, namespace }: Messaging,
  stream: string,
  { subject, since }: ReadSince,
  take: (message: JsMsg) => void,
): Promise<void> {
  const consumer = await jetstream.consumers.get(stream, {
    filter_subjects: qualify(namespace, subject),
    deliver_policy: DeliverPolicy.StartTime,
    opt_start_time: since.toISOString(),
  });
  try {
    let { num_pending: left } = await consumer.info();
    while (left > 0) {
      const before = left;
      const messages = await consumer.fetch({
        max_messages: Math.min(left, READ_AHEAD),
        expires: READ_IDLE_MS,
      });
      for await (const message of messages) {
        take(message);
        left = message.info.pending;
        if (left === 0) break;
      }
      if (left === before) return;
    }
  } finally {
    await consumer.delete();
  }
}
