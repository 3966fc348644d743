import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createMessageReader } from './messages.ts';

/** Answers one request with the bytes of a whole response, now or later. */
export type OnRequest = (head: string, body: Buffer, reply: (response: Buffer) => void) => void;

/**
 * An HTTP server over plain sockets on 127.0.0.1; answers its port. Responses go out in the order of the requests. See
 * {@link createMessageReader}.
 */
export async function listenLean(port: number, onRequest: OnRequest): Promise<number> {
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    const nextReply = createReplies(socket);
    const read = createMessageReader((head, body) => onRequest(head, body, nextReply(head)));
    socket.on('data', (chunk: Buffer) => {
      // What pipelined requests are answered at once goes out in one packet.
      socket.cork();
      read(chunk);
      socket.uncork();
    });
  });
  server.listen({ port, host: '127.0.0.1', backlog: 1_024 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** Replies to the requests of one connection, whose heads come in order. */
function createReplies(socket: Socket): (head: string) => (response: Buffer) => void {
  const waiting: { response?: Buffer; readonly closes: boolean }[] = [];
  return (head) => {
    const reply: (typeof waiting)[number] = { closes: /\r\nconnection: *close/i.test(head) };
    waiting.push(reply);
    return (response) => {
      reply.response = response;
      while (waiting[0]?.response !== undefined && !socket.destroyed) {
        socket.write(waiting[0].response);
        if (waiting.shift()?.closes === true) socket.end();
      }
    };
  };
}
