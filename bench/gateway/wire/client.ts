import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createMessageReader } from './messages.ts';

/** Sends the text of a whole request. */
export type SendLean = (request: string, onAnswer: () => void) => void;

const CONNECTIONS = 4;

/** An HTTP client over a few pipelined plain sockets; requests take turns on them. See {@link createMessageReader}. */
export async function createLeanClient(url: string): Promise<SendLean> {
  const { hostname, port } = new URL(url);
  const sends = await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      await once(socket, 'connect');
      return pipelined(socket);
    }),
  );
  let turn = 0;
  return (request, onAnswer) => {
    turn = (turn + 1) % CONNECTIONS;
    sends[turn]?.(request, onAnswer);
  };
}

function pipelined(socket: Socket): SendLean {
  const waiting: (() => void)[] = [];
  let corked = false;
  const uncork = (): void => {
    corked = false;
    socket.uncork();
  };
  socket.on(
    'data',
    createMessageReader(() => waiting.shift()?.()),
  );
  return (request, onAnswer) => {
    waiting.push(onAnswer);
    // What is sent in one turn goes out in one packet.
    if (!corked) {
      corked = true;
      socket.cork();
      process.nextTick(uncork);
    }
    socket.write(request);
  };
}
