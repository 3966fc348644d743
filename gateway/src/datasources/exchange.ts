import type { Dispatcher } from 'undici';
import { tooLarge } from './fetch-failure.ts';
import type { Paced } from './pace.ts';

/** What came back over HTTP, before it is decoded. */
export interface RawAnswer {
  readonly status: number;
  /** Value of `content-encoding` in lower case; empty when the body is plain. */
  readonly encoding: string;
  readonly isJson: boolean;
  readonly body: Buffer;
}

/** Who is told how an exchange ends: of the first two at most one, and `released` once in any case. */
export interface ExchangeOwner {
  answered(answer: RawAnswer): void;
  /** @param begun whether any byte of a response had come */
  failed(error: Error, begun: boolean): void;
  /** Asks for room for more of the answer; `false`: all answers that are being read together are too large. */
  hold(bytes: number): boolean;
  /** Tells of a part of a large answer; it may pause what reads it. */
  pace(bytes: number, reading: Paced): void;
  /** The connection, or the place in the queue for one, is free again, and so is what was held. */
  released(heldBytes: number): void;
}

const ABANDONED = new Error('nobody waits for the answer any more');
const NOTHING = Buffer.alloc(0);
/** Answers up to this size are read as they come. */
const LARGE_BYTES = 128 * 1024;

/**
 * One request and its response on undici's lowest interface. A class, and no streams or promises in it: this is made
 * and called for every fetch.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #owner: ExchangeOwner;
  readonly #maxBytes: number;
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

  constructor(owner: ExchangeOwner, maxBytes: number) {
    this.#owner = owner;
    this.#maxBytes = maxBytes;
  }

  /** Gives it up: its connection is closed, or its place in the queue is passed over. */
  abandon(): void {
    this.#abandoned = true;
    this.#controller?.abort(ABANDONED);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Thrown, undici drops the request and keeps the connection; aborted, it would close it.
    if (this.#abandoned) throw ABANDONED;
    this.#controller = controller;
    // A pipelined request starts once more when the connection goes down because of another one.
    this.#first = null;
    this.#more = null;
    this.#size = 0;
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
    if (this.#size > this.#maxBytes || !this.#owner.hold(chunk.length)) throw tooLarge();
    this.#held += chunk.length;
    if (this.#first === null) this.#first = chunk;
    else if (this.#more === null) this.#more = [this.#first, chunk];
    else this.#more.push(chunk);
    if (this.#size > LARGE_BYTES) this.#owner.pace(chunk.length, controller);
  }

  onResponseEnd(): void {
    this.#owner.released(this.#held);
    if (this.#abandoned) return;
    // Joined before it is decoded: a character may be split over two chunks.
    const body = this.#more === null ? this.#first : Buffer.concat(this.#more, this.#size);
    const { status, encoding, isJson } = {
      status: this.#status,
      encoding: this.#encoding,
      isJson: this.#isJson,
    };
    this.#owner.answered({ status, encoding, isJson, body: body ?? NOTHING });
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#owner.released(this.#held);
    if (!this.#abandoned) this.#owner.failed(error, this.#begun);
  }
}
