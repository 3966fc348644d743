import { AppError } from '../errors/index.ts';

const TOKEN = /^[\w-]{1,100}$/;

/** Facts that make up the subject of an event. Each is one token: letters, digits, `_` and `-`. */
export interface EventAddress {
  readonly service: string;
  readonly workspaceId: string;
  readonly aggregate: string;
  readonly aggregateId: string;
  readonly event: string;
}

/** `evt.<service>.<workspace>.<aggregate>.<aggregateId>.<event>`, without the namespace. */
export function eventSubject(address: EventAddress): string {
  const { service, workspaceId, aggregate, aggregateId, event } = address;
  return ['evt', ...[service, workspaceId, aggregate, aggregateId, event].map(token)].join('.');
}

/** `task.<service>.<kind>.<lane>`, without the namespace. */
export function taskSubject(service: string, kind: string, lane: string): string {
  return ['task', ...[service, kind, lane].map(token)].join('.');
}

/** `dlq.<stream>.<cause>.<original subject>`, without the namespace. */
export function deadLetterSubject(stream: string, cause: string, subject: string): string {
  return `dlq.${token(stream)}.${token(cause)}.${subject}`;
}

/** The subject as it goes over the wire: the namespace is a token of its own in front. */
export function qualify(namespace: string, subject: string): string {
  return namespace === '' ? subject : `${namespace}.${subject}`;
}

/** The inverse of {@link qualify}. */
export function unqualify(namespace: string, subject: string): string {
  return namespace === '' ? subject : subject.slice(namespace.length + 1);
}

/** The value itself when it is one plain subject token; wildcards and dots from outside never reach a subject. */
export function token(value: string): string {
  if (!TOKEN.test(value)) {
    throw new AppError(
      'BAD_INPUT',
      `"${value.slice(0, 40)}" cannot be used as an id: letters, digits, "_" and "-" only.`,
    );
  }
  return value;
}
