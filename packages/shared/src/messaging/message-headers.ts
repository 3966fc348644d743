import type { JsMsg } from '@nats-io/jetstream';

/** The headers of a message by name; of several values of one name the first. */
export function messageHeaders(message: JsMsg): Readonly<Record<string, string>> {
  return Object.fromEntries([...(message.headers ?? [])].map(([name, values]) => [name, values[0] ?? '']));
}
