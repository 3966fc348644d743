import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { meter } from '@hoerok/shared/telemetry';
import type { WebSocket } from 'ws';
import type { Asker } from '../limits/asker.ts';
import type { SocketSession } from './socket-session.ts';
import type { SocketOwner } from './socket-transport.ts';

const connections = meter.createUpDownCounter('hoerok_gateway_websockets', {
  description: 'WebSocket connections that are open',
});

/** What a client sends along with `connection_init` or `ping`. */
export type Parameters = Record<string, unknown> | undefined;

/** What belongs to one socket. It is held for as long as the socket is, so it is little; a class, because there are thousands. */
export class Connection implements SocketOwner {
  readonly socket: WebSocket;
  readonly wire: Duplex;
  /** What opened it; `null` once the client has said who it is. */
  opening: Pick<IncomingMessage, 'headers' | 'socket'> | null;
  /** `null` until then. */
  session: SocketSession | null = null;
  /** What limits go by besides the viewer, which has the same role for as long as the socket lives. */
  asker: Omit<Asker, 'viewer'> | null = null;
  exit: (() => void) | null = null;

  constructor(socket: WebSocket, opening: IncomingMessage) {
    this.socket = socket;
    this.wire = opening.socket;
    this.opening = opening;
    connections.add(1);
  }

  maySend(): boolean {
    return this.session?.hasExpired() !== true;
  }

  async pong(payload: Parameters): Promise<Parameters> {
    const accessToken = payload?.['accessToken'];
    if (this.session === null || typeof accessToken !== 'string') return payload;
    return { ...(await this.session.renew(accessToken)) };
  }

  closed(): void {
    connections.add(-1);
  }
}
