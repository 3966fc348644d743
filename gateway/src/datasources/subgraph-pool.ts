import type { Socket } from 'node:net';
import { buildConnector, Client, type Dispatcher, Pool } from 'undici';
import { createPace, type Pace } from './pace.ts';
import { createQueueing, type Queueing } from './queueing.ts';

/** Options of {@link createSubgraphPool}. */
export interface SubgraphPoolOptions {
  /** Connections at most. */
  readonly connections: number;
  /** Requests that may wait for a connection. */
  readonly queued: number;
  /** Queries that may be on one connection before the first is answered; 1: no pipelining. */
  readonly pipelining: number;
  /** Bytes of answers that may be held while they are being read, all connections together. */
  readonly heldBytes: number;
  /** To open a connection, in milliseconds. */
  readonly connectTimeoutMs: number;
}

/** One request as it goes on the wire. */
export interface PoolRequest {
  readonly path: string;
  readonly body: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** It changes nothing: it may be sent again. */
  readonly repeatable: boolean;
}

/** A connection for as long as the exchange takes, or one that others use meanwhile. */
export type Lane = 'alone' | 'queued';

/** The connections to one origin: nobody else's fetches wait for them. */
export interface SubgraphPool {
  /** Sends, or lets wait for a connection; `false` when too many wait already, and then nothing is called. */
  readonly send: (request: PoolRequest, lane: Lane, handler: Dispatcher.DispatchHandler) => boolean;
  /** Whether a query may go `queued`: when it pays, unless that held up queries a moment ago. */
  readonly queueing: Queueing | null;
  /** Takes room for a part of an answer; `false` when there is none, and then none is taken. */
  readonly hold: (bytes: number) => boolean;
  /** Large answers of this origin take turns with everything else. */
  readonly pace: Pace;
  /** To be called once for each request that was sent, when undici is done with it, with all that was held for it. */
  readonly release: (heldBytes: number) => void;
  readonly destroy: () => Promise<void>;
}

/** Opens nothing yet. */
export function createSubgraphPool(origin: string, options: SubgraphPoolOptions): SubgraphPool {
  const { connections, queued, pipelining, heldBytes, connectTimeoutMs } = options;
  const connect = buildConnector({ allowH2: true, timeout: connectTimeoutMs });
  // The deadline covers the whole exchange; undici's own timers would only cost.
  const common = { connections, headersTimeout: 0, bodyTimeout: 0 };
  const plain = new Pool(origin, { ...common, connect });
  const pipelined =
    pipelining > 1 ? createLines(origin, { ...common, pipelining, connect: joiningWrites(connect) }) : null;
  const places = { alone: connections + queued, queued: connections * pipelining + queued };
  let taken = 0;
  let held = 0;
  return {
    send: ({ path, body, headers }, lane, handler) => {
      if (taken >= places[lane]) return false;
      taken += 1;
      if (lane === 'queued') {
        const options = { path, method: 'POST', body, headers: headers as string[] };
        pipelined?.dispatch({ ...options, idempotent: true, blocking: false }, handler);
      } else {
        plain.dispatch({ path, method: 'POST', body, headers: headers as string[] }, handler);
      }
      return true;
    },
    queueing: pipelined === null ? null : createQueueing(),
    hold: (bytes) => {
      if (held + bytes > heldBytes) return false;
      held += bytes;
      return true;
    },
    pace: createPace(),
    release: (bytes) => {
      taken -= 1;
      held -= bytes;
    },
    // Not close(): it would wait for subgraphs that never answer.
    destroy: async () => {
      await Promise.all([plain.destroy(), pipelined?.destroy()]);
    },
  };
}

/** Connections that queries share. */
interface Lines extends Pick<Client, 'dispatch'> {
  readonly destroy: () => Promise<void>;
}

interface LinesOptions extends Client.Options {
  readonly connections: number;
  readonly pipelining: number;
}

// No Pool: to that a connection is busy while its first request waits to be written, which after a rest takes a turn of the
// event loop. So the queries of one turn would go on as many connections, each in a packet of its own.
function createLines(origin: string, { connections, ...options }: LinesOptions): Lines {
  const lines: Client[] = [];
  let dispatched = 0;

  function open(): Client {
    const line = new Client(origin, options);
    lines.push(line);
    return line;
  }

  function lineWithRoom(): Client {
    const line = lines.find(({ stats }) => stats.size < options.pipelining);
    if (line !== undefined) return line;
    return (lines.length < connections ? undefined : lines[dispatched % connections]) ?? open();
  }

  return {
    dispatch: (request, handler) => {
      dispatched += 1;
      return lineWithRoom().dispatch(request, handler);
    },
    destroy: async () => {
      await Promise.all(lines.map(async (line) => await line.destroy()));
    },
  };
}

type Connector = ReturnType<typeof buildConnector>;

// Pipelined requests pay when they share system calls: what is written to a socket in one turn of the event loop goes
// out at its end, in one piece. Halves the CPU of a fetch.
function joiningWrites(connect: Connector): Connector {
  return (options, callback) =>
    connect(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null);
      joinWrites(socket);
      callback(null, socket);
    });
}

function joinWrites(socket: Socket): void {
  const cork = socket.cork.bind(socket);
  const uncork = socket.uncork.bind(socket);
  let corked = false;
  const flush = (): void => {
    corked = false;
    uncork();
  };
  socket.cork = () => {
    if (corked) return;
    corked = true;
    cork();
    setImmediate(flush);
  };
  socket.uncork = () => undefined;
}
