import { messageOf } from '@hoerok/shared/errors';
import type { Logger } from '@hoerok/shared/telemetry';
import { CloseCode, MessageType, type Server, stringifyMessage } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { createSocketIntake } from './socket-intake.ts';

/** One open socket, and what is to be done with it. */
export interface SocketConnection<Extra> {
  readonly socket: WebSocket;
  readonly extra: Extra;
  /** Answers a `ping` with the payload of its `pong`. */
  readonly pong: (
    payload: Record<string, unknown> | undefined,
  ) => Promise<Record<string, unknown> | undefined>;
  /** False when nothing may be told to the client any more. */
  readonly maySend: () => boolean;
}

/** What {@link speak} needs. */
export interface SocketTransportDeps<Extra> {
  // The first parameter is what `connection_init` carries.
  readonly server: Server<Extra>;
  readonly keepAliveMs: number;
  readonly logger: Logger;
}

/**
 * Lets a graphql-ws server speak over a `ws` socket. A peer that does not answer pings is given up within two keep-alive
 * intervals: stopped, or gone without a word.
 */
export function speak<Extra>(connection: SocketConnection<Extra>, deps: SocketTransportDeps<Extra>): void {
  const { socket, extra, pong, maySend } = connection;
  const intake = createSocketIntake(socket);
  const stopKeepingAlive = keepAlive(socket, deps.keepAliveMs);

  async function send(data: string): Promise<void> {
    if (!maySend()) return;
    // Resolves when the system has taken it: a subscription goes on with its next event only then.
    await new Promise<void>((resolve) => {
      if (socket.readyState === socket.OPEN) socket.send(data, () => resolve());
      else resolve();
    });
  }

  function failed(error: unknown): void {
    deps.logger.info({ reason: messageOf(error) }, 'A message of a socket cannot be handled.');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  }

  const closed = deps.server.opened(
    {
      protocol: socket.protocol,
      send,
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) => {
        socket.on('message', (data: Buffer) => {
          intake.count();
          take(data.toString('utf8')).catch(failed);
        });
      },
      onPing: async (payload) => {
        const answer = await pong(payload);
        const message = { type: MessageType.Pong as const };
        await send(stringifyMessage(answer === undefined ? message : { ...message, payload: answer }));
      },
    },
    extra,
  );
  socket.once('close', (code, reason) => {
    stopKeepingAlive();
    intake.stop();
    closed(code, reason.toString()).catch(failed);
  });
}

function keepAlive(socket: WebSocket, intervalMs: number): () => void {
  let hasAnswered = true;
  socket.on('pong', () => {
    hasAnswered = true;
  });
  // A process that was too busy to read for so long has timers to serve first: the answer may be there already.
  const giveUp = (): void => {
    if (!hasAnswered) socket.terminate();
  };
  const beat = setInterval(() => {
    if (!hasAnswered) return void setImmediate(giveUp);
    hasAnswered = false;
    return socket.ping();
  }, intervalMs);
  return () => clearInterval(beat);
}
