import { failureOf, HoerokError, type ResponseError } from './hoerok-error.ts';

/** What a WebSocket says when it is closed. */
export interface CloseLike {
  readonly code: number;
  readonly reason: string;
}

/** Close code of a gateway that takes the access token no longer. */
export const FORBIDDEN = 4403;

// Going away, no status, abnormal, restart, try again later, bad gateway; and of graphql-transport-ws: initialization too
// slow, terminated because nothing was heard, acknowledgement too slow. 1000: closed in order, but we were not done.
const LOST = new Set([1000, 1001, 1005, 1006, 1012, 1013, 1014, 4408, 4499, 4504]);

/** Whether what ended a subscription is the close of its socket. */
export function isClose(ended: unknown): ended is CloseLike {
  return typeof ended === 'object' && ended !== null && 'code' in ended && 'reason' in ended;
}

/**
 * What ended a subscription, or kept it from beginning: errors of the gateway, the close of the socket, the event of a
 * connection that failed, or what was thrown. `mayRenew` says whether another access token may help.
 */
export function explainFailure(ended: unknown, mayRenew: boolean): HoerokError {
  if (ended instanceof HoerokError) return ended;
  if (Array.isArray(ended)) return failureOf(ended as ResponseError[]);
  if (isClose(ended)) return explainClose(ended, mayRenew);
  if (ended instanceof Error) {
    const message = `The gateway is not understood: ${ended.message}`;
    return new HoerokError('BAD_RESPONSE', message, { cause: ended });
  }
  const details = { retryable: true, cause: ended };
  return new HoerokError('CONNECTION_LOST', 'The gateway cannot be reached.', details);
}

function explainClose({ code, reason }: CloseLike, mayRenew: boolean): HoerokError {
  const said = `${code}${reason === '' ? '' : ` ${reason}`}`;
  if (code === FORBIDDEN) {
    const message = `The gateway refuses the access token: ${said}`;
    return new HoerokError('UNAUTHENTICATED', message, { closeCode: code, retryable: mayRenew });
  }
  if (LOST.has(code)) {
    const message = `The connection to the gateway was lost: ${said}`;
    return new HoerokError('CONNECTION_LOST', message, { closeCode: code, retryable: true });
  }
  const message = `The gateway closed the connection: ${said}`;
  return new HoerokError('CONNECTION_REFUSED', message, { closeCode: code });
}
