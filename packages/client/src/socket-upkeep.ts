import { MessageType, stringifyMessage } from 'graphql-ws/client';
import type { AccessTokens } from './access-tokens.ts';

const OPEN = 1;
// A longer timer fires at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What is used of a WebSocket. */
export interface OpenSocket {
  readonly readyState: number;
  readonly send: (message: string) => void;
}

/** The clocks of one connection. */
export interface SocketUpkeep {
  /** Something is expected to be heard within this time. */
  readonly expectWithin: (ms: number) => void;
  readonly heard: () => void;
  /** Renews the access token of this socket, whose token was `shownToken`, for as long as it is open. */
  readonly renewOn: (socket: OpenSocket, shownToken: string | null) => void;
  /** The socket is gone. */
  readonly rest: () => void;
}

/**
 * Keeps a socket alive: one that falls silent is given up with `terminate`, and before its access token expires, a `ping`
 * with the payload `{ accessToken }` brings the next one.
 */
export function createSocketUpkeep(tokens: AccessTokens, terminate: () => void): SocketUpkeep {
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let renewal: ReturnType<typeof setTimeout> | undefined;

  function renewOn(socket: OpenSocket, shownToken: string | null): void {
    const dueMs = tokens.dueInMs();
    if (dueMs === null) return;
    renewal = setTimeout(() => void renew(socket, shownToken), Math.min(dueMs, LONGEST_TIMER_MS));
  }

  async function renew(socket: OpenSocket, shownToken: string | null): Promise<void> {
    // Without a new token the connection ends with the old one; who comes back then is told why.
    const token = await tokens.renew().catch(() => null);
    if (socket.readyState !== OPEN) return;
    if (token !== null && token !== shownToken) {
      socket.send(stringifyMessage({ type: MessageType.Ping, payload: { accessToken: token } }));
    }
    renewOn(socket, token ?? shownToken);
  }

  return {
    expectWithin: (ms) => {
      clearTimeout(deadline);
      deadline = setTimeout(terminate, ms);
    },
    heard: () => clearTimeout(deadline),
    renewOn,
    rest: () => {
      clearTimeout(deadline);
      clearTimeout(renewal);
    },
  };
}
