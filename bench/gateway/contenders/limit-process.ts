/**
 * The physical limit: for every request it sends the fetches of ours, with bodies that were recorded, and answers what
 * stock answers. It reads nothing but where a message ends, and the authorization that it passes on. With CLIENT=undici it
 * does that with node:http and undici, else over plain sockets.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { importFromGateway } from '../installed.ts';
import { createLeanClient } from '../wire/client.ts';
import { jsonResponse } from '../wire/json-response.ts';
import { listenLean } from '../wire/server.ts';
import type { LimitWork } from './limit.ts';

/** Sends one recorded fetch. */
type Send = (authorization: string, onAnswer: () => void) => void;

interface Undici {
  readonly Pool: new (
    origin: string,
    options: typeof POOL,
  ) => { dispatch(request: object, handler: object): void };
}

// Enough places for all fetches under way; many requests on few connections cost less than many connections.
const POOL = { connections: 8, pipelining: 64 };

const { urls, fetches, answer } = JSON.parse(readFileSync(process.env['FETCHES'] ?? '', 'utf8')) as LimitWork;
const port = Number(process.env['PORT']);
const lean = process.env['CLIENT'] !== 'undici';
const clients = await Promise.all(urls.map((url) => (lean ? leanSender(url) : undiciSender(url))));
const waves: Send[][] = [];
for (const { subgraph, body, wave } of fetches) {
  const send = clients[subgraph]?.(Buffer.from(body, 'latin1').toString());
  if (send !== undefined) (waves[wave] ??= []).push(send);
}
if (lean) await answerLean();
else answerWithNode();

/** Sends the fetches from this wave on; each wave waits for the one before. */
function run(wave: number, authorization: string, onDone: () => void): void {
  const sends = waves[wave];
  if (sends === undefined) {
    onDone();
    return;
  }
  let left = sends.length;
  const onAnswer = (): void => {
    left -= 1;
    if (left === 0) run(wave + 1, authorization, onDone);
  };
  for (const send of sends) send(authorization, onAnswer);
}

async function answerLean(): Promise<void> {
  const response = jsonResponse(answer);
  await listenLean(port, (head, _, reply) => {
    const authorization = /\r\nauthorization: *([^\r]*)/i.exec(head)?.[1] ?? '';
    run(0, authorization, () => reply(response));
  });
}

function answerWithNode(): void {
  const body = Buffer.from(answer);
  createServer((request, response) => {
    request.resume().once('end', () =>
      run(0, request.headers.authorization ?? '', () => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
        response.end(body);
      }),
    );
  }).listen(port, '127.0.0.1');
}

async function leanSender(url: string): Promise<(body: string) => Send> {
  const send = await createLeanClient(url);
  const { host, pathname } = new URL(url);
  return (body) => {
    const start = `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nauthorization: `;
    const end = `\r\n\r\n${body}`;
    return (authorization, onAnswer) => send(start + authorization + end, onAnswer);
  };
}

async function undiciSender(url: string): Promise<(body: string) => Send> {
  const { Pool } = await importFromGateway<Undici>('undici');
  const pool = new Pool(new URL(url).origin, POOL);
  const nothing = (): void => undefined;
  return (body) => (authorization, onAnswer) =>
    pool.dispatch(
      {
        method: 'POST',
        path: '/',
        headers: ['content-type', 'application/json', 'authorization', authorization],
        body,
        // Else a POST would wait for the answer to the one before it.
        idempotent: true,
        blocking: false,
      },
      {
        onRequestStart: nothing,
        onResponseStart: nothing,
        onResponseData: nothing,
        onResponseEnd: onAnswer,
        onResponseError: (_: unknown, error: Error) => {
          throw error;
        },
      },
    );
}
