import type { Dispatcher } from 'undici';
import type { Deadlines, Expiring } from './deadlines.ts';
import { tooLarge } from './fetch-failure.ts';
import type { Paced } from './pace.ts';
import { STALL_MS } from './queueing.ts';
import type { Lane } from './subgraph-pool.ts';

/** What came back over HTTP, before it is decoded. */
export interface RawAnswer {
  readonly status: number;
  /** Value of `content-encoding` in lower case; empty when the body is plain. */
  readonly encoding: string;
  readonly isJson: boolean;
  readonly body: Buffer;
  readonly exchange: Exchange;
}

/** Who is told how an exchange ends: of the first two at most one, and `released` once in any case. */
export interface ExchangeOwner {
  answered(answer: RawAnswer): void;
  failed(failure: ExchangeFailure): void;
  /** It waits on a connection that it shares; `false`: not because it shares it, as far as can be told the first time. */
  stalled(isSecondTime: boolean): boolean;
  /** Asks for room for more of the answer; `false`: all answers that are being read together are too large. */
  hold(bytes: number): boolean;
  /** Tells of a part of a large answer; it may pause what reads it. `false`: it is not worth reading any more. */
  pace(bytes: number, reading: Paced): boolean;
  /** The connection, or the place in the queue for one, is free again, and so is what was held. */
  released(heldBytes: number): void;
}

/** How an exchange failed. */
export interface ExchangeFailure {
  readonly error: Error;
  /** Whether any byte of a response had come. */
  readonly begun: boolean;
  readonly exchange: Exchange;
}

/** Where an exchange stands in line with others, and what is done about it. */
export interface ExchangeLine {
  readonly lane: Lane;
  /** Of those that share their connection, while somebody waits for them. */
  readonly stalls: Deadlines;
  /** The same when nobody does any more. */
  readonly leftovers: Deadlines;
}

const ABANDONED = new Error('nobody waits for the answer any more');
/** Coded like any other end of a connection under a request. */
const RESTARTED = Object.assign(new Error('the connection ended because of another request'), {
  code: 'ECONNRESET',
});
/** So long a connection may be kept by what nobody waits for any more. */
const LEFTOVER_MS = 30_000;
const NOTHING = Buffer.alloc(0);
/** Answers up to this size are read as they come. */
const LARGE_BYTES = 128 * 1024;

/**
 * One request and its response on undici's lowest interface. A class, and no streams or promises in it: this is made
 * and called for every fetch.
 */
export class Exchange implements Dispatcher.DispatchHandler, Expiring {
  readonly #owner: ExchangeOwner;
  readonly #maxBytes: number;
  readonly #line: ExchangeLine;
  dueAt = 0;
  #done = false;
  #wasLate = false;
  #controller: Dispatcher.DispatchController | null = null;
  #abandoned = false;
  #begun = false;
  #status = 0;
  #encoding = '';
  #isJson = true;
  #first: Buffer | null = null;
  #more: Buffer[] | null = null;
  #size = 0;
  #held = 0;

  constructor(owner: ExchangeOwner, maxBytes: number, line: ExchangeLine) {
    this.#owner = owner;
    this.#maxBytes = maxBytes;
    this.#line = line;
    if (line.lane === 'alone') return;
    this.dueAt = performance.now() + STALL_MS;
    line.stalls.add(this);
  }

  /**
   * Gives it up: its connection is closed, or its place in the queue is passed over. A connection that others use stays, and
   * what comes is thrown away, unless nothing comes for too long.
   */
  abandon(): void {
    if (this.#done || this.#abandoned) return;
    this.#abandoned = true;
    if (this.#line.lane === 'alone') return this.#controller?.abort(ABANDONED);
    this.#line.stalls.remove(this);
    this.dueAt = performance.now() + LEFTOVER_MS;
    this.#line.leftovers.add(this);
  }

  /** Gives it up together with its connection: whoever shares that is sent again. */
  cut(): void {
    if (this.#done) return;
    this.#forget();
    this.#abandoned = true;
    this.#controller?.abort(ABANDONED);
  }

  expire(): void {
    if (this.#abandoned) return this.cut();
    // Not before what has arrived meanwhile is read: this process may be what is late.
    setImmediate(() => this.#look());
  }

  #look(): void {
    if (this.#done || this.#abandoned || this.#owner.stalled(this.#wasLate)) return;
    this.#wasLate = true;
    this.dueAt = performance.now() + STALL_MS;
    this.#line.stalls.add(this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown, undici drops the request and keeps the connection; aborted, it would close it.
    if (this.#abandoned) throw ABANDONED;
    // undici starts it once more when the connection goes down because of another one; a signature counts once, though.
    if (this.#controller !== null) throw RESTARTED;
    this.#controller = controller;
  }

  onResponseStarted(): void {
    this.#begun = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#begun = true;
    if (status < 200) return;
    this.#status = status;
    this.#encoding = String(headers['content-encoding'] ?? '').toLowerCase();
    const type = headers['content-type'];
    this.#isJson = type === undefined || String(type).includes('json');
    if (Number(headers['content-length'] ?? 0) > this.#maxBytes) throw tooLarge();
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#abandoned && this.#size <= this.#maxBytes) return;
    if (this.#size > this.#maxBytes || !this.#owner.hold(chunk.length)) throw tooLarge();
    this.#held += chunk.length;
    if (this.#first === null) this.#first = chunk;
    else if (this.#more === null) this.#more = [this.#first, chunk];
    else this.#more.push(chunk);
    if (this.#size > LARGE_BYTES && !this.#owner.pace(chunk.length, controller)) throw ABANDONED;
  }

  onResponseEnd(): void {
    this.#forget();
    this.#owner.released(this.#held);
    if (this.#abandoned) return;
    // Joined before it is decoded: a character may be split over two chunks.
    const body = this.#more === null ? this.#first : Buffer.concat(this.#more, this.#size);
    const { status, encoding, isJson } = {
      status: this.#status,
      encoding: this.#encoding,
      isJson: this.#isJson,
    };
    this.#owner.answered({ status, encoding, isJson, body: body ?? NOTHING, exchange: this });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#forget();
    this.#owner.released(this.#held);
    if (!this.#abandoned) this.#owner.failed({ error, begun: this.#begun, exchange: this });
  }

  #forget(): void {
    this.#done = true;
    if (this.#line.lane === 'alone') return;
    this.#line.stalls.remove(this);
    this.#line.leftovers.remove(this);
  }
}
