import { type Consumer, type ConsumerConfig, JetStreamApiError } from '@nats-io/jetstream';
import type { Messaging } from './connection.ts';

/** A durable of that name is there with other settings: a policy has changed since. */
const EXISTS_OTHERWISE = 10_148;

/** Creates a durable consumer, or changes the one of that name to `config`. Idempotent. */
export async function ensureConsumer(
  messaging: Messaging,
  stream: string,
  config: Partial<ConsumerConfig> & { readonly durable_name: string },
): Promise<Consumer> {
  const { consumers } = messaging.manager;
  await consumers.add(stream, config).catch(async (error: unknown) => {
    if (!(error instanceof JetStreamApiError) || error.code !== EXISTS_OTHERWISE) throw error;
    await consumers.update(stream, config.durable_name, config);
  });
  return await messaging.jetstream.consumers.get(stream, config.durable_name);
}
