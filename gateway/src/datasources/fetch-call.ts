import { AppError } from '@hoerok/shared/errors';
import type { Admission, CircuitBreaker } from './circuit-breaker.ts';
import type { Deadlines, Expiring } from './deadlines.ts';
import type { BodyDecoder } from './decode-body.ts';
import type { Departing, Departures } from './departures.ts';
import { Exchange, type ExchangeFailure, type ExchangeOwner, type RawAnswer } from './exchange.ts';
import { cancelled, isReset, isSubgraphFault, refused, timedOut, unavailable } from './fetch-failure.ts';
import type { Paced } from './pace.ts';
import type { Pressure } from './pressure.ts';
import type { Lane, PoolRequest, SubgraphPool } from './subgraph-pool.ts';

/** A subgraph's answer, whatever its status. */
export interface SubgraphResponse {
  readonly status: number;
  /** The body, decompressed, read as UTF-8. */
  readonly text: string;
}

/** What calls to one subgraph share. */
export interface CallScene {
  readonly pool: SubgraphPool;
  readonly breaker: CircuitBreaker;
  readonly deadlines: Deadlines;
  readonly departures: Departures;
  readonly decode: BodyDecoder;
  readonly maxResponseBytes: number;
  readonly pressure: Pick<Pressure, 'isHigh'>;
  /** Of exchanges that share a connection, while somebody waits for them and when nobody does. */
  readonly stalls: Deadlines;
  readonly leftovers: Deadlines;
}

/** What a call sends. */
export interface CallRequest extends PoolRequest {
  /** Headers for a second time: a signature counts once. @default the same again */
  readonly headersAgain?: (() => readonly string[]) | undefined;
}

const OPENING_BRACE = 0x7b;

/** One who waits for the answer of a call. */
class Waiter implements Departing {
  readonly signal: AbortSignal;
  readonly #call: FetchCall;
  readonly settled = Promise.withResolvers<SubgraphResponse>();

  constructor(call: FetchCall, signal: AbortSignal) {
    this.#call = call;
    this.signal = signal;
  }

  leave(): void {
    this.settled.reject(cancelled());
    this.#call.without(this);
  }
}

/**
 * A fetch as its callers see it: one or two exchanges within one deadline, for all who wait for the same answer. A
 * class, because it is made for every fetch.
 */
export class FetchCall implements ExchangeOwner, Expiring {
  readonly dueAt: number;
  readonly #scene: CallScene;
  #request: CallRequest;
  readonly #onEnd: ((call: FetchCall) => void) | undefined;
  readonly #waiters: Waiter[] = [];
  #admission: Admission = 'refused';
  #exchange: Exchange | null = null;
  /** The same on a connection of its own, because the first is held up. */
  #second: Exchange | null = null;
  #isRepeat = false;
  #ended = false;

  /** @param onEnd called before anybody gets the answer or the error */
  constructor(
    scene: CallScene,
    request: CallRequest,
    { dueAt, onEnd }: { readonly dueAt: number; readonly onEnd?: ((call: FetchCall) => void) | undefined },
  ) {
    this.#scene = scene;
    this.#request = request;
    this.dueAt = dueAt;
    this.#onEnd = onEnd;
  }

  /** The answer, for one more caller, who may leave on its own. */
  join(signal: AbortSignal): Promise<SubgraphResponse> {
    const waiter = new Waiter(this, signal);
    this.#waiters.push(waiter);
    this.#scene.departures.watch(signal, waiter);
    return waiter.settled.promise;
  }

  /** Sends it, unless the circuit is open or too many wait already. Call it once, after the first has joined. */
  start(now: number): void {
    this.#admission = this.#scene.breaker.admit(now);
    if (this.#admission === 'refused') return this.#fail(refused('the circuit of the subgraph is open'));
    this.#scene.deadlines.add(this);
    this.#send();
  }

  /** Somebody has left; without anybody who waits there is no call. */
  without(waiter: Waiter): void {
    this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
    this.#scene.departures.forget(waiter.signal, waiter);
    if (this.#waiters.length > 0) return;
    this.#end();
  }

  expire(): void {
    this.#record(false);
    // Not abandoned: what has not answered until now has nothing to say to those behind it either.
    this.#exchange?.cut();
    this.#second?.cut();
    this.#fail(timedOut());
  }

  answered({ status, encoding, isJson, body, exchange }: RawAnswer): void {
    const { queueing } = this.#scene.pool;
    const now = performance.now();
    queueing?.answered(now);
    // Asked later and answered first: it was the queue that held up the other one, not the subgraph or a busy machine.
    if (exchange === this.#second) queueing?.stalled(now);
    // A 500 with GraphQL errors inside is about one operation; what a proxy says in its place, a page with 200 as well, is
    // about the subgraph. Some answer JSON and call it something else.
    const isAnswer = isJson || body[0] === OPENING_BRACE;
    const ok = status < 400 || status === 500 ? isAnswer : status < 500;
    if (encoding === '' || encoding === 'identity') {
      this.#record(ok);
      return this.#succeed({ status, text: body.toString('utf8') });
    }
    const isWanted = (): boolean => !this.#ended && this.#scene.breaker.isWorthReading(this.#admission);
    this.#scene.decode({ body, encoding, isWanted }).then(
      (text) => {
        this.#record(ok);
        this.#succeed({ status, text });
      },
      (error: unknown) => {
        this.#record(false);
        this.#fail(error);
      },
    );
  }

  failed({ error, begun, exchange }: ExchangeFailure): void {
    if (this.#ended) return;
    if (this.#second !== null) {
      // The other one may still be answered.
      if (exchange === this.#exchange) this.#exchange = this.#second;
      this.#second = null;
      return;
    }
    if (!begun && !this.#isRepeat && this.#request.repeatable && isReset(error)) {
      this.#isRepeat = true;
      this.#renewHeaders();
      // Not at once: undici is in the middle of taking leave of the old connection.
      queueMicrotask(() => this.#ended || this.#send());
      return;
    }
    // An answer that is too large counts: reading it up to the cap is what hurts everybody else.
    if (isSubgraphFault(error)) this.#record(false);
    this.#fail(error instanceof AppError ? error : unavailable(error));
  }

  hold(bytes: number): boolean {
    return this.#scene.pool.hold(bytes);
  }

  pace(bytes: number, reading: Paced): boolean {
    if (!this.#scene.breaker.isWorthReading(this.#admission)) return false;
    this.#scene.pool.pace(bytes, reading);
    return true;
  }

  released(heldBytes: number): void {
    this.#scene.pool.release(heldBytes);
  }

  stalled(isSecondTime: boolean): boolean {
    const { queueing } = this.#scene.pool;
    if (queueing?.isAnswering(performance.now()) === false && !isSecondTime) return false;
    this.#sendSecond();
    return true;
  }

  #sendSecond(): void {
    const { pool } = this.#scene;
    if (this.#second !== null || this.#isRepeat) return;
    this.#renewHeaders();
    const second = this.#exchangeOn('alone');
    if (pool.send(this.#request, 'alone', second)) this.#second = second;
  }

  #send(): void {
    const { pool, pressure } = this.#scene;
    const mayQueue = this.#request.repeatable && !this.#isRepeat && pressure.isHigh();
    const isQueued = mayQueue && pool.queueing?.isAllowed(performance.now()) === true;
    const lane = isQueued ? 'queued' : 'alone';
    this.#exchange = this.#exchangeOn(lane);
    if (pool.send(this.#request, lane, this.#exchange)) return;
    this.#exchange.cut();
    this.#fail(refused('too many fetches from the subgraph wait already'));
  }

  #exchangeOn(lane: Lane): Exchange {
    const { maxResponseBytes, stalls, leftovers } = this.#scene;
    return new Exchange(this, maxResponseBytes, { lane, stalls, leftovers });
  }

  #renewHeaders(): void {
    const { headersAgain } = this.#request;
    if (headersAgain !== undefined) this.#request = { ...this.#request, headers: headersAgain() };
  }

  #record(ok: boolean): void {
    if (this.#ended) return;
    this.#scene.breaker.record(this.#admission, ok, performance.now());
  }

  #succeed(answer: SubgraphResponse): void {
    for (const { settled } of this.#end()) settled.resolve(answer);
  }

  #fail(error: unknown): void {
    for (const { settled } of this.#end()) settled.reject(error);
  }

  #end(): readonly Waiter[] {
    if (this.#ended) return [];
    this.#ended = true;
    this.#scene.deadlines.remove(this);
    this.#onEnd?.(this);
    this.#exchange?.abandon();
    this.#second?.abandon();
    const waiters = this.#waiters.splice(0);
    for (const waiter of waiters) this.#scene.departures.forget(waiter.signal, waiter);
    return waiters;
  }
}
