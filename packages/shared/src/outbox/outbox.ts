import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { EventContract, EventPayload } from '../contracts/index.ts';
import { eventSubject } from '../messaging/index.ts';
import { traceHeaders } from '../telemetry/index.ts';

/** One message that waits to be published. */
export interface OutboxMessage {
  /** Becomes `Nats-Msg-Id`: JetStream drops a second copy within its duplicate window, an inbox after it. */
  readonly messageId: string;
  /** Messages of one key are published in the order of their rows. */
  readonly aggregateKey: string;
  /** Without the namespace. */
  readonly subject: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly payload: unknown;
}

/** A fact about one aggregate, to be told to whoever listens. */
export interface OutboxEvent<C extends EventContract = EventContract> {
  readonly contract: C;
  readonly workspaceId: string;
  readonly aggregateId: string;
  readonly payload: EventPayload<C>;
  /** User who caused it; `null` for the platform itself. */
  readonly actorId: string | null;
  /** Id of the event or task that led to this one. */
  readonly causationId?: string;
}

/**
 * Adds an event to the outbox inside the transaction that changes the aggregate.
 *
 * Call it after the aggregate's row has been written or locked in `tx`: then the order of outbox rows is the order of
 * commits for that aggregate. The payload is checked against its contract here, so a wrong event is never stored.
 */
export async function addEvent<C extends EventContract>(
  tx: EntityManager,
  event: OutboxEvent<C>,
): Promise<void> {
  const { contract, workspaceId, aggregateId } = event;
  const { service, aggregate } = contract;
  const id = randomUUIDv7();
  await addMessage(tx, {
    messageId: id,
    aggregateKey: `${aggregate}:${aggregateId}`,
    subject: eventSubject({ service, workspaceId, aggregate, aggregateId, event: contract.event }),
    headers: {
      'ce-id': id,
      'ce-type': contract.type,
      'ce-source': `/hoerok/${service}`,
      'ce-time': new Date().toISOString(),
      'ce-subject': aggregateId,
      'ce-dataschema': `/contracts/${contract.type}.json`,
      'content-type': 'application/json',
      'x-workspace-id': workspaceId,
      ...(event.actorId === null ? {} : { 'x-actor-id': event.actorId }),
      ...(event.causationId === undefined ? {} : { 'x-causation-id': event.causationId }),
    },
    payload: contract.schema.parse(event.payload),
  });
}

/** Adds any message to the outbox inside `tx`; the active trace travels with it. */
export async function addMessage(tx: EntityManager, message: OutboxMessage): Promise<void> {
  await tx.query(
    'INSERT INTO outbox (message_id, aggregate_key, subject, headers, payload) VALUES ($1, $2, $3, $4, $5)',
    [
      message.messageId,
      message.aggregateKey,
      message.subject,
      JSON.stringify({ ...message.headers, ...traceHeaders() }),
      JSON.stringify(message.payload),
    ],
  );
}
