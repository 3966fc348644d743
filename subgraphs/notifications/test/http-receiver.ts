import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface ReceivedCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A real HTTP server that keeps what it is sent. */
export interface HttpReceiver extends AsyncDisposable {
  readonly url: string;
  readonly calls: ReceivedCall[];
  /** Statuses of the next answers, in order; then 200. */
  readonly statuses: number[];
  /** Paths that are never answered. */
  readonly hanging: Set<string>;
  /** Sent with every answer. */
  readonly headers: Record<string, string>;
}

/** Listens on a free port of this machine. */
export async function startHttpReceiver(): Promise<HttpReceiver> {
  const calls: ReceivedCall[] = [];
  const statuses: number[] = [];
  const hanging = new Set<string>();
  const headers: Record<string, string> = {};
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.once('end', () => {
      calls.push({ path: request.url ?? '', headers: request.headers, body });
      if (hanging.has(request.url ?? '')) return;
      response.writeHead(statuses.shift() ?? 200, headers).end('{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    statuses,
    hanging,
    headers,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
