import { type Logger, meter } from '@hoerok/shared/telemetry';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createDeadlines } from './deadlines.ts';
import { createBodyDecoder } from './decode-body.ts';
import { createDepartures } from './departures.ts';
import { type CallScene, FetchCall, type SubgraphResponse } from './fetch-call.ts';
import { cancelled, timedOut } from './fetch-failure.ts';
import { createPressure, type Pressure } from './pressure.ts';
import { createSharedCalls, type SharedCalls } from './shared-calls.ts';
import { createSubgraphPool, type SubgraphPool } from './subgraph-pool.ts';

export type { SubgraphResponse } from './fetch-call.ts';

const circuit = meter.createGauge('hoerok_gateway_subgraph_circuit', {
  description: 'Circuit of a subgraph: 0 closed, 2 open (fetches fail at once, one a second is tried)',
});

/** So many answers of the largest size may be read from one origin at a time; smaller ones in proportion. */
const LARGE_ANSWERS = 4;

/** One request to a subgraph. */
export interface SubgraphRequest {
  readonly url: string;
  readonly body: string;
  /**
   * By name, or names and values in turn, which is cheaper. A function is called when the request is really sent: once
   * for all who share it, never for one who joins.
   */
  readonly headers: SubgraphHeaders | (() => SubgraphHeaders);
  /** Aborts when the client is gone. Use one signal for all fetches of a request: there is one listener per signal. */
  readonly signal: AbortSignal;
  /**
   * It is a query: sent once more, on another connection, when its connection was reset before a byte of the answer came.
   * @default false
   */
  readonly repeatable?: boolean;
  /**
   * Everything besides URL and body that the answer depends on, above all who asks. A repeatable request joins one of
   * the same scope that is under way; its answer may then be as old as the start of that one, but never older than the
   * end of a mutation that went through this client, and it ends at that one's deadline. @default nothing is shared
   */
  readonly scope?: string | undefined;
  /** When what this is a part of has to end, in milliseconds of `performance.now()`; the deadline may come before it. */
  readonly dueAt?: number | undefined;
  /** Name of the subgraph in metrics. @default host and port of the URL */
  readonly subgraph?: string;
}

/** Header fields of a request. */
export type SubgraphHeaders = Readonly<Record<string, string>> | readonly string[];

/** Sends GraphQL over HTTP to subgraphs. */
export interface SubgraphClient {
  /**
   * @throws AppError `TIMEOUT` after the deadline, `CANCELLED` when the client is gone, `TOO_LARGE` when the answer
   * exceeds the limit, as it came or decompressed, `UNAVAILABLE` when there is none, at once when the subgraph has
   * failed most of the time just before or too many requests wait for it already. Messages name no address.
   */
  readonly post: (request: SubgraphRequest) => Promise<SubgraphResponse>;
  readonly close: () => Promise<void>;
}

/** Options of {@link createSubgraphClient}. */
export interface SubgraphClientOptions {
  /** For the whole of a fetch: waiting, connecting, repeating, reading and decompressing. */
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  /** Connections to one origin at most. @default 256 */
  readonly connections?: number;
  /** Fetches that may wait for a connection to one origin; those beyond fail at once. @default 1024 */
  readonly queued?: number;
  /**
   * Queries on one connection before the first is answered, at most. It halves the CPU of a fetch and lets a slow answer
   * hold up those behind it, so it is done only while this process is short of CPU. A query that is held up for a tenth of a
   * second is asked once more on a connection of its own; if that is answered first, nothing queues at that subgraph for a
   * while. 1: never.
   * @default 16
   */
  readonly pipelining?: number;
  /** @default looks at how busy the event loop is */
  readonly pressure?: Pressure;
  /** Is told when a circuit opens and closes. @default nobody is */
  readonly logger?: Logger;
}

interface Subgraph extends CallScene {
  readonly path: string;
  readonly shared: SharedCalls;
}

/**
 * A client with keep-alive connections of its own for each origin, a deadline over the whole exchange, cancellation, a
 * cap on the answer, and a circuit breaker for each URL.
 */
export function createSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const { timeoutMs, maxResponseBytes, connections = 256, queued = 1_024, pipelining = 16 } = options;
  const { logger, pressure = createPressure() } = options;
  const deadlines = createDeadlines();
  const [stalls, leftovers] = [createDeadlines(), createDeadlines()];
  const departures = createDepartures();
  const pools = new Map<string, SubgraphPool>();
  const subgraphs = new Map<string, Subgraph>();
  let mutations = 0;

  function open({ url, subgraph: name }: SubgraphRequest): Subgraph {
    const { origin, host, pathname, search } = new URL(url);
    const heldBytes = LARGE_ANSWERS * maxResponseBytes;
    const limits = { connections, queued, pipelining, heldBytes, connectTimeoutMs: timeoutMs };
    const pool = pools.get(origin) ?? createSubgraphPool(origin, limits);
    pools.set(origin, pool);
    const breaker = createCircuitBreaker({ onChange: circuitTeller(name ?? host, logger) });
    const decode = createBodyDecoder(maxResponseBytes);
    const common = { deadlines, departures, pressure, stalls, leftovers, maxResponseBytes };
    const scene = { ...common, pool, breaker, decode };
    const subgraph = { ...scene, path: pathname + search, shared: createSharedCalls() };
    subgraphs.set(url, subgraph);
    return subgraph;
  }

  // No async functions from here to the sender: each would add turns of the microtask queue to every fetch.
  function send(subgraph: Subgraph, request: SubgraphRequest): Promise<SubgraphResponse> {
    const { body, headers, signal, repeatable = false, scope } = request;
    const now = performance.now();
    const dueAt = Math.min(now + timeoutMs, request.dueAt ?? Infinity);
    if (dueAt <= now) return Promise.reject(timedOut());
    const headersAgain = typeof headers === 'function' ? () => flat(headers()) : undefined;
    const fields = flat(typeof headers === 'function' ? headers() : headers);
    const onEnd =
      repeatable && scope !== undefined
        ? (ended: FetchCall) => subgraph.shared.remove(scope, body, ended)
        : undefined;
    const wire = { path: subgraph.path, body, headers: fields, headersAgain, repeatable };
    // The common list takes only what has the full time.
    const scene = dueAt < now + timeoutMs ? { ...subgraph, deadlines: createDeadlines() } : subgraph;
    const call = new FetchCall(scene, wire, { dueAt, onEnd });
    if (repeatable && scope !== undefined) subgraph.shared.add(scope, body, { call, mutations });
    const answer = call.join(signal);
    call.start(now);
    return answer;
  }

  return {
    post: (request) => {
      const { url, body, signal, repeatable = false, scope } = request;
      if (signal.aborted) return Promise.reject(cancelled());
      const subgraph = subgraphs.get(url) ?? open(request);
      if (!repeatable) {
        // Who has changed something must see it: nobody joins what was asked before that.
        return send(subgraph, request).finally(() => (mutations += 1));
      }
      const known = scope === undefined ? null : subgraph.shared.find(scope, body);
      if (known !== null && known.mutations === mutations) return known.call.join(signal);
      return send(subgraph, request);
    },
    close: async () => {
      pressure.stop();
      await Promise.all([...pools.values()].map(async (pool) => await pool.destroy()));
    },
  };
}

function circuitTeller(subgraph: string, logger: Logger | undefined): (state: 'open' | 'closed') => void {
  return (state) => {
    circuit.record(state === 'open' ? 2 : 0, { subgraph });
    if (state === 'open') logger?.warn({ subgraph }, 'A subgraph fails and is hardly asked for now.');
    else logger?.info({ subgraph }, 'A subgraph answers again.');
  };
}

function flat(headers: SubgraphHeaders): readonly string[] {
  return Array.isArray(headers) ? (headers as readonly string[]) : Object.entries(headers).flat();
}
