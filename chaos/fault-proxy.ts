import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { type FaultName, FAULTS } from '../bench/gateway/faulty/faults.ts';

/** What a way does to whatever goes over it. Requests are taken to be one chunk each, as small ones are. */
export type Weather =
  | { readonly kind: 'clear' }
  /** Each request comes through so much later. */
  | { readonly kind: 'slow'; readonly latencyMs: number }
  /** Answers come through at this rate. */
  | { readonly kind: 'narrow'; readonly bytesPerSecond: number }
  /** Connections are accepted, and nothing ever comes through or back. */
  | { readonly kind: 'silent' }
  /** An answer is cut off with a reset after so many bytes. */
  | { readonly kind: 'broken'; readonly afterBytes: number }
  /** This share of requests loses its connection: half of them before the server has it, half after it has answered. */
  | { readonly kind: 'lossy'; readonly share: number }
  /** The server is not asked: this comes instead. */
  | { readonly kind: 'answering'; readonly fault: FaultName };

/** A TCP way to a server whose weather can be changed while connections are open. */
export interface FaultProxy extends AsyncDisposable {
  /** That of the target but for host and port. */
  readonly url: string;
  readonly change: (weather: Weather) => void;
  /** Requests that have come so far, whatever became of them. */
  readonly requests: () => number;
  readonly connections: () => number;
  /** Resets about this share of the open connections; answers how many. */
  readonly reset: (share: number) => number;
}

interface Pair {
  readonly inside: Socket;
  readonly outside: Socket;
  /** Its next answer is lost. */
  isDoomed: boolean;
  /** Bytes of answers while the weather is what it is. */
  passed: number;
  /** When the last answer has come through a narrow way. */
  freeAt: number;
}

/** Opens a way to the server of `target` on a free port of this host. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<Pair>();
  let weather: Weather = { kind: 'clear' };
  let requests = 0;
  const server = createServer({ noDelay: true }, (inside) => {
    const outside = connect({ port: Number(port), host: hostname, noDelay: true });
    const pair: Pair = { inside, outside, isDoomed: false, passed: 0, freeAt: 0 };
    pairs.add(pair);
    for (const socket of [inside, outside]) {
      socket.on('error', () => undefined);
      socket.once('close', () => {
        pairs.delete(pair);
        inside.destroy();
        outside.destroy();
      });
    }
    inside.on('data', (bytes) => {
      requests += 1;
      passRequest(pair, bytes, weather);
    });
    outside.on('data', (bytes) => passAnswer(pair, bytes, weather));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    change: (next) => {
      weather = next;
      for (const pair of pairs) pair.passed = 0;
    },
    requests: () => requests,
    connections: () => pairs.size,
    reset: (share) => {
      const hit = [...pairs].filter(() => Math.random() < share);
      hit.forEach(reset);
      return hit.length;
    },
    [Symbol.asyncDispose]: async () => {
      server.close();
      [...pairs].forEach(reset);
      await once(server, 'close');
    },
  };
}

function passRequest(pair: Pair, bytes: Buffer, weather: Weather): void {
  const { inside, outside } = pair;
  switch (weather.kind) {
    case 'silent':
      return;
    case 'slow':
      setTimeout(() => void write(outside, bytes), weather.latencyMs);
      return;
    case 'answering':
      FAULTS[weather.fault](inside, '');
      return;
    case 'lossy':
      if (Math.random() < weather.share) {
        if (Math.random() < 0.5) return reset(pair);
        pair.isDoomed = true;
      }
      break;
    case 'clear':
    case 'narrow':
    case 'broken':
  }
  relay(inside, outside, bytes);
}

function passAnswer(pair: Pair, bytes: Buffer, weather: Weather): void {
  const { inside, outside } = pair;
  if (pair.isDoomed) return reset(pair);
  if (weather.kind === 'silent') return;
  if (weather.kind === 'broken') {
    const left = weather.afterBytes - pair.passed;
    pair.passed += bytes.length;
    if (bytes.length > left) {
      // Once these bytes are on their way, the rest is lost.
      inside.write(bytes.subarray(0, Math.max(0, left)), () => reset(pair));
      return;
    }
  }
  if (weather.kind !== 'narrow') return relay(outside, inside, bytes);
  outside.pause();
  pair.freeAt = Math.max(pair.freeAt, performance.now()) + (1_000 * bytes.length) / weather.bytesPerSecond;
  setTimeout(() => {
    relay(outside, inside, bytes);
    outside.resume();
  }, pair.freeAt - performance.now());
}

/** Passes bytes on, and reads no more than the other side takes. */
function relay(from: Socket, to: Socket, bytes: Buffer): void {
  if (write(to, bytes)) return;
  from.pause();
  to.once('drain', () => from.resume());
}

function write(to: Socket, bytes: Buffer): boolean {
  return to.destroyed || to.write(bytes);
}

function reset({ inside, outside }: Pair): void {
  // A socket that is already ending cannot be reset: its handle would stay open for good.
  if (inside.writableEnded || inside.readableEnded || inside.destroyed) inside.destroy();
  else inside.resetAndDestroy();
  outside.destroy();
}
