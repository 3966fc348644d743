import { AppError, messageOf } from '@hoerok/shared/errors';
import { GraphQLError } from 'graphql';

const UNAUTHORIZED = 4401;
const FORBIDDEN = 4403;
const SUBPROTOCOL_NOT_ACCEPTABLE = 4406;

/**
 * What a subscriber is told when the socket behind its events fails; `reason` is whatever a WebSocket or graphql-ws
 * throws. Its address and wording stay in the log (the `cause`).
 */
export function failureOf(reason: unknown): AppError | GraphQLError {
  const cause = new Error(reasonOf(reason), { cause: reason });
  const code = closeCodeOf(reason);
  if (code === UNAUTHORIZED)
    return new AppError('UNAUTHENTICATED', 'Sign in first: this needs a valid access token.', { cause });
  if (code === FORBIDDEN) return new AppError('FORBIDDEN', 'You may not do this.', { cause });
  if (code === SUBPROTOCOL_NOT_ACCEPTABLE || isNoSuchEndpoint(cause.message)) return sourceMissing();
  return brokenOff(cause);
}

/** The events have broken off; nobody knows what was lost, so the client starts anew. */
export function brokenOff(cause: Error): AppError {
  const message = 'The events are not available at the moment; subscribe again.';
  return new AppError('UNAVAILABLE', message, { retryable: true, logLevel: 'error', cause });
}

/** A reader has fallen too far behind a source that cannot repeat itself. */
export function slowReader(): GraphQLError {
  const message = 'The stream was read too slowly and has ended; subscribe again.';
  return new GraphQLError(message, { extensions: { code: 'SLOW_READER' } });
}

/** In a log line: close code and reason, or the message. */
export function reasonOf(reason: unknown): string {
  const code = closeCodeOf(reason);
  if (code !== undefined) return `closed with ${code} ${(reason as { reason?: string }).reason ?? ''}`.trim();
  const { message } = Object(reason) as { message?: unknown };
  return typeof message === 'string' ? message : messageOf(reason);
}

/** The code of a close event; undefined for anything else. */
export function closeCodeOf(reason: unknown): number | undefined {
  const { code } = Object(reason) as { code?: unknown };
  return typeof code === 'number' ? code : undefined;
}

function sourceMissing(): GraphQLError {
  return new GraphQLError(
    'This subscription has no event source: its field needs the @eventStream directive, or its subgraph a graphql-transport-ws endpoint.',
    { extensions: { code: 'SUBSCRIPTION_SOURCE_MISSING' } },
  );
}

// The words of `ws` for a server that speaks HTTP at this address, or another protocol over its sockets.
function isNoSuchEndpoint(message: string): boolean {
  return /^Unexpected server response: [234]\d\d$|subprotocol$/.test(message);
}
