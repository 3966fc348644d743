import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import type { Messaging } from './connection.ts';
import { qualify } from './subjects.ts';

const CONSUMER_LIFE_NS = 5_000_000_000;

/**
 * How many messages of a subject (wildcards allowed, no namespace) a stream holds at or after a sequence. Costs two
 * requests and reads no message: the server counts for a consumer that is gone right after.
 */
export async function countMessages(
  { manager, namespace }: Messaging,
  stream: string,
  { subject, from }: { readonly subject: string; readonly from: number },
): Promise<number> {
  const { name, num_pending: pending } = await manager.consumers.add(stream, {
    filter_subject: qualify(namespace, subject),
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: from,
    ack_policy: AckPolicy.None,
    inactive_threshold: CONSUMER_LIFE_NS,
    mem_storage: true,
  });
  await manager.consumers.delete(stream, name);
  return pending;
}
