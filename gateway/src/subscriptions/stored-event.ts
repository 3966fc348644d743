import { messageOf } from '@hoerok/shared/errors';
import { z } from 'zod';

/** The body of an event: the shape of a GraphQL type, references as `{ __typename, id }`. */
export type EventPayload = Readonly<Record<string, unknown>>;

/** One message of an event stream. It is shared by all who receive it: never change it. */
export interface StoredEvent {
  readonly stream: string;
  readonly sequence: number;
  readonly payload: EventPayload;
  /** Trace headers of whoever caused the event. */
  readonly trace: Readonly<Record<string, string>>;
}

/** The parts of a NATS message, live or stored, that make an event. */
export interface EventMessage {
  readonly stream: string;
  readonly sequence: number;
  readonly body: () => string;
  readonly header: (name: string) => string;
}

const payloadSchema = z.record(z.string(), z.unknown());

/**
 * Decodes a message.
 * @throws Error when the body is no JSON object.
 */
export function decodeEvent(message: EventMessage): StoredEvent {
  const { stream, sequence } = message;
  const trace: Record<string, string> = {};
  for (const name of ['traceparent', 'tracestate']) {
    const value = message.header(name);
    if (value !== '') trace[name] = value;
  }
  try {
    return { stream, sequence, payload: payloadSchema.parse(JSON.parse(message.body())), trace };
  } catch (error) {
    throw new Error(`message ${sequence} of ${stream} is no JSON object: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/**
 * The id of an event, opaque to clients: where it stands in its stream. An event that was built from the graph
 * because its stream no longer holds it has the id of position 0.
 */
export function eventIdOf(event: { readonly stream: string; readonly sequence: number }): string {
  return Buffer.from(`${event.stream}:${event.sequence}`).toString('base64url');
}
