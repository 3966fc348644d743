import type { FormattedExecutionResult } from 'graphql';
import type { EventSource, SourceEvent } from './event-source.ts';

const DONE = Object.freeze({ done: true as const, value: undefined });

/**
 * Results of one subscription: executes the events of a source one after the other. `return()` ends it at once, also while
 * `next()` waits. One `next()` at a time. Written by hand, for a generator that waits for its next event cannot be ended: a
 * quiet stream would stay subscribed for ever. A class, because every open subscription is one.
 */
export abstract class ResultStream implements AsyncIterableIterator<FormattedExecutionResult> {
  readonly #source: EventSource;
  /** Aborts when the client is gone. */
  readonly #signal: AbortSignal;
  #ended = false;
  #failure: Error | null = null;

  /** Call {@link ResultStream.watch} once the subclass is complete. */
  constructor(source: EventSource, signal: AbortSignal) {
    this.#source = source;
    this.#signal = signal;
  }

  /** Nothing will come: it resumes a stream that had said its last word. */
  get isOver(): boolean {
    return this.#source.isOver ?? false;
  }

  async next(): Promise<IteratorResult<FormattedExecutionResult>> {
    if (this.#ended) return DONE;
    try {
      if (this.#failure !== null) throw this.#failure;
      const event = await this.#source.pull();
      // It has settled the pull as an ordinary end.
      if (this.#failure !== null) throw this.#failure;
      if (event === null) {
        this.#end();
        return DONE;
      }
      const value = await this.execute(event);
      return this.#ended ? DONE : { done: false, value };
    } catch (error) {
      if (this.#ended) return DONE;
      this.#end();
      return { done: false, value: this.explain(error) };
    }
  }

  async return(): Promise<IteratorResult<FormattedExecutionResult>> {
    this.#end();
    return DONE;
  }

  async throw(error: unknown): Promise<never> {
    this.#end();
    throw error;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** An event listener: the client is gone. */
  handleEvent(): void {
    this.#end();
  }

  /** Ends the stream when the client is gone. */
  protected watch(): void {
    this.#signal.addEventListener('abort', this, { once: true });
    if (this.#signal.aborted) this.#end();
  }

  /** Ends the source at once, also while `next()` waits: that one, or the next, tells the error as its last result. */
  protected fail(error: Error): void {
    this.#failure ??= error;
    this.#source.close();
  }

  protected abstract execute(event: SourceEvent): Promise<FormattedExecutionResult>;
  /** Turns what ended the source into the last result. */
  protected abstract explain(error: unknown): FormattedExecutionResult;
  /** Called once, when the stream is left: what is being fetched for it is no longer wanted. */
  protected abstract leave(): void;

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#signal.removeEventListener('abort', this);
    this.#source.close();
    this.leave();
  }
}
