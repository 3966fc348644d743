import { messageOf } from '@hoerok/shared/errors';

/** The body of an event: the shape of a GraphQL type, references as `{ __typename, id }`. */
export type EventPayload = Readonly<Record<string, unknown>>;

/** One message of an event stream. It is shared by all who receive it: never change it. */
export interface StoredEvent {
  readonly stream: string;
  readonly sequence: number;
  /** Names the fact: the CloudEvents id, or else the message id of its publisher. A second copy has the same one. */
  readonly id: string | null;
  /** What has happened: the last token of the subject, as in `deleted`. */
  readonly name: string;
  readonly payload: EventPayload;
  /** Trace headers of whoever caused the event. */
  readonly trace: Readonly<Record<string, string>>;
}

/** The parts of a NATS message, live or stored, that make an event. */
export interface EventMessage {
  readonly stream: string;
  readonly sequence: number;
  readonly subject: string;
  readonly body: () => string;
  readonly header: (name: string) => string;
}

/**
 * Decodes a message.
 * @throws Error when the body is no JSON object.
 */
export function decodeEvent(message: EventMessage): StoredEvent {
  const { stream, sequence, subject } = message;
  const trace: Record<string, string> = {};
  for (const name of ['traceparent', 'tracestate']) {
    const value = message.header(name);
    if (value !== '') trace[name] = value;
  }
  const name = subject.slice(subject.lastIndexOf('.') + 1);
  const id = message.header('ce-id') || message.header('Nats-Msg-Id') || null;
  try {
    const payload = objectOf(JSON.parse(message.body()));
    return { stream, sequence, id, name, payload, trace };
  } catch (error) {
    throw new Error(`message ${sequence} of ${stream} is no JSON object: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

// Every live event passes here; a schema would copy each of them.
function objectOf(value: unknown): EventPayload {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as EventPayload;
  throw new TypeError('it is something else');
}

/** The number that a payload gives its object's state; 0 without one. */
export function revisionOf(payload: EventPayload): number {
  const revision = payload['revision'];
  return typeof revision === 'number' ? revision : 0;
}
