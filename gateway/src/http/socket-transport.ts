import type { Duplex } from 'node:stream';
import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import {
  CloseCode,
  type WebSocket as GraphqlSocket,
  MessageType,
  type Server,
  stringifyMessage,
} from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { KeepAlive, Peer } from './keep-alive.ts';
import { SocketIntake } from './socket-intake.ts';

type Payload = Record<string, unknown> | undefined;

/** So much may wait in a socket before its subscriptions wait as well. */
const UNSENT_BYTES = 16 * 1024;

/** Who answers for a socket. */
export interface SocketOwner {
  /** What the socket's frames are written to. */
  readonly wire: Duplex;
  /** Answers a `ping` with the payload of its `pong`. */
  pong(payload: Payload): Promise<Payload>;
  /** False when nothing may be told to the client any more. */
  maySend(): boolean;
  /** The socket is closed. */
  closed(): void;
}

/** What {@link speak} needs. */
export interface SocketTransportDeps<Owner extends SocketOwner> {
  // The first parameter is what `connection_init` carries.
  readonly server: Server<Owner>;
  readonly keepAlive: KeepAlive;
  readonly logger: Logger;
}

/**
 * Lets a graphql-ws server speak over a `ws` socket. A peer that does not answer pings is given up within two keep-alive
 * intervals: stopped, or gone without a word.
 */
export function speak<Owner extends SocketOwner>(
  socket: WebSocket,
  owner: Owner,
  deps: SocketTransportDeps<Owner>,
): void {
  const spoken = new SpokenSocket(socket, owner, deps.logger);
  socket.on('message', (data: Buffer) => spoken.receive(data));
  socket.on('pong', () => {
    spoken.hasAnswered = true;
  });
  deps.keepAlive.add(spoken);
  const closed = deps.server.opened(spoken, owner);
  socket.on('close', (code, reason) => {
    deps.keepAlive.remove(spoken);
    owner.closed();
    spoken.end(closed(code, reason.toString()));
  });
}

/** A socket as graphql-ws and the keep-alive see it. A class, because there are thousands of them. */
class SpokenSocket implements GraphqlSocket, Peer {
  hasAnswered = true;
  readonly #socket: WebSocket;
  readonly #owner: SocketOwner;
  readonly #logger: Logger;
  readonly #intake: SocketIntake;
  /** Frames were sent since other work came last. */
  #isSending = false;
  #take: Parameters<GraphqlSocket['onMessage']>[0] | null = null;

  constructor(socket: WebSocket, owner: SocketOwner, logger: Logger) {
    this.#socket = socket;
    this.#owner = owner;
    this.#logger = logger;
    this.#intake = new SocketIntake(socket);
  }

  get protocol(): string {
    return this.#socket.protocol;
  }

  async send(data: string): Promise<void> {
    if (!this.#owner.maySend()) return;
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return;
    this.#gather();
    // A subscription goes on with its next event when the system has taken this one, or is about to.
    await new Promise<void>((resolve) => {
      socket.send(data, () => resolve());
      if (socket.bufferedAmount < UNSENT_BYTES) resolve();
    });
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  onMessage(take: Parameters<GraphqlSocket['onMessage']>[0]): void {
    this.#take = take;
  }

  async onPing(payload: Payload): Promise<void> {
    const answer = await this.#owner.pong(payload);
    const message = { type: MessageType.Pong as const };
    await this.send(stringifyMessage(answer === undefined ? message : { ...message, payload: answer }));
  }

  receive(data: Buffer): void {
    this.#intake.count();
    this.#take?.(data.toString('utf8')).catch((error: unknown) => this.#failed(error));
  }

  ping(): void {
    this.#socket.ping();
  }

  giveUp(): void {
    if (!this.#intake.makesWait) this.#socket.terminate();
  }

  /** The socket is closed, and graphql-ws takes leave of its operations. */
  end(leaving: Promise<void>): void {
    this.#intake.stop();
    leaving.catch((error: unknown) => this.#failed(error));
  }

  // A write to the system costs more than all else that is done with a small event. So the first frame goes at once, and what
  // is ready before other work has its turn goes in one write behind it.
  #gather(): void {
    const { wire } = this.#owner;
    if (this.#isSending) {
      if (wire.writableCorked === 0) wire.cork();
      else if (wire.writableLength >= UNSENT_BYTES / 2) wire.uncork();
      return;
    }
    this.#isSending = true;
    process.nextTick(() => {
      this.#isSending = false;
      if (wire.writableCorked > 0) wire.uncork();
    });
  }

  #failed(error: unknown): void {
    this.#logger.info({ reason: messageOf(error) }, 'A message of a socket cannot be handled.');
    this.#socket.close(CloseCode.InternalServerError, 'Internal server error');
  }
}
