import { randomUUIDv7 } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { EventContract, EventPayload } from '../contracts/index.ts';
import { PermanentError } from '../errors/index.ts';
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
      ...eventHeaders(contract),
      'ce-id': id,
      'ce-subject': aggregateId,
      'x-workspace-id': workspaceId,
      ...(event.actorId === null ? {} : { 'x-actor-id': event.actorId }),
      ...(event.causationId === undefined ? {} : { 'x-causation-id': event.causationId }),
    },
    payload: contract.schema.parse(event.payload),
  });
}

/** Headers that every event of the contract has now; the active trace travels with it. */
export function eventHeaders(contract: EventContract): Record<string, string> {
  return {
    'ce-type': contract.type,
    'ce-source': `/hoerok/${contract.service}`,
    'ce-time': new Date().toISOString(),
    'ce-dataschema': `/contracts/${contract.type}.json`,
    'content-type': 'application/json',
    ...traceHeaders(),
  };
}

/** Half of what NATS takes unless told otherwise: a message that it refuses would hold back its aggregate for ever. */
const MAX_PAYLOAD_BYTES = 512 * 1024;

/**
 * Adds any message to the outbox inside `tx`; the active trace travels with it.
 * @throws PermanentError `TOO_LARGE` for a payload of more than 512 KiB: what is large stays in tables.
 */
export async function addMessage(tx: EntityManager, message: OutboxMessage): Promise<void> {
  const payload = JSON.stringify(message.payload);
  const bytes = Buffer.byteLength(payload);
  if (bytes > MAX_PAYLOAD_BYTES)
    throw new PermanentError(
      'TOO_LARGE',
      `A message on ${message.subject} has ${bytes} bytes; ${MAX_PAYLOAD_BYTES} are allowed.`,
    );
  await tx.query(
    'INSERT INTO outbox (message_id, aggregate_key, subject, headers, payload) VALUES ($1, $2, $3, $4, $5)',
    [
      message.messageId,
      message.aggregateKey,
      message.subject,
      JSON.stringify({ ...message.headers, ...traceHeaders() }),
      payload,
    ],
  );
}
