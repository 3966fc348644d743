import { randomUUID } from 'node:crypto';
import { headers } from 'nats';
import type { EventContract, EventPayload } from '../contracts/index.ts';
import { connectMessaging, ensureStreams, eventSubject, qualify } from '../messaging/index.ts';
import { testServers } from './test-servers.ts';

/** An event as another service would publish it. */
export interface TestEvent<C extends EventContract> {
  readonly workspaceId: string;
  readonly aggregateId: string;
  readonly payload: EventPayload<C>;
  /** @default null */
  readonly actorId?: string | null;
  /** Give the same id twice to deliver a duplicate. @default a new one */
  readonly id?: string;
}

/** Publishes an event to JetStream the way the outbox relay of its service does; resolves once it is stored. */
export async function publishEvent<C extends EventContract>(
  namespace: string,
  contract: C,
  event: TestEvent<C>,
): Promise<void> {
  const messaging = await connectMessaging({ url: testServers().natsUrl, name: 'test publisher', namespace });
  const { service, aggregate } = contract;
  await ensureStreams(messaging, { service, replicas: 1 });
  const carried = headers();
  carried.set('ce-id', event.id ?? randomUUID());
  carried.set('ce-type', contract.type);
  carried.set('ce-time', new Date().toISOString());
  carried.set('ce-subject', event.aggregateId);
  carried.set('x-workspace-id', event.workspaceId);
  if (event.actorId != null) carried.set('x-actor-id', event.actorId);
  const subject = eventSubject({ ...event, service, aggregate, event: contract.event });
  // No message id: JetStream itself must not drop the duplicates that a test wants to see handled.
  await messaging.jetstream.publish(qualify(namespace, subject), JSON.stringify(event.payload), {
    headers: carried,
  });
  await messaging.connection.close();
}
