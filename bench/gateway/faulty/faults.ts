import type { Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';

/** Answers a request on a bare socket, well or badly. */
export type Behavior = (socket: Socket, answer: string) => void;

const LARGE = Buffer.alloc(100 * 1024 * 1024);
const BOMB = gzipSync(LARGE);
/** It does not say how large it is. */
const BROTLI_BOMB = brotliCompressSync(LARGE);
const PIECE = Buffer.alloc(65_536, 'x');

/** What a subgraph may do, by name. `none` is a good answer. */
export const FAULTS = {
  none: (socket, answer) => void socket.write(http(answer)),
  hang: () => undefined,
  drip: (socket, answer) => {
    const bytes = http(answer);
    let at = 0;
    const timer = setInterval(() => socket.write(bytes.subarray(at, (at += 1))), 50);
    socket.on('close', () => clearInterval(timer));
  },
  reset: (socket) => void socket.resetAndDestroy(),
  garbage: (socket) => void socket.write('\u0000 no HTTP at all\r\n\r\n'),
  html: (socket) => void socket.write(http('<html>busy</html>', '200 OK', 'content-type: text/html')),
  error: (socket) =>
    void socket.write(http('broken', '500 Internal Server Error', 'content-type: text/plain')),
  bomb: (socket) => void socket.write(http(BOMB, '200 OK', 'content-encoding: gzip')),
  brotli: (socket) => void socket.write(http(BROTLI_BOMB, '200 OK', 'content-encoding: br')),
  endless: (socket) => {
    // Pipelined behind an answer without an end: nothing comes after that.
    if (socket.listenerCount('drain') > 0) return;
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    // As fast as it is read.
    const pour = (): void => {
      while (!socket.destroyed && socket.write(PIECE));
    };
    socket.on('drain', pour);
    pour();
  },
} satisfies Record<string, Behavior>;

/** A fault that a subgraph can have. */
export type FaultName = keyof typeof FAULTS;

function http(body: string | Buffer, status = '200 OK', header = 'content-type: application/json'): Buffer {
  const head = `HTTP/1.1 ${status}\r\n${header}\r\ncontent-length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}
