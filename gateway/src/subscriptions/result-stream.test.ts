import type { FormattedExecutionResult } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { EventSource, SourceEvent } from './event-source.ts';
import { ResultStream } from './result-stream.ts';

class Stream extends ResultStream {
  left = 0;

  constructor(source: EventSource, signal = new AbortController().signal) {
    super(source, signal);
    this.watch();
  }

  override fail(error: Error): void {
    super.fail(error);
  }

  protected async execute({ key }: SourceEvent): Promise<FormattedExecutionResult> {
    return { data: { key } };
  }

  protected explain(error: unknown): FormattedExecutionResult {
    return { data: { error: String(error) } };
  }

  protected leave(): void {
    this.left += 1;
  }
}

/** A source whose pull waits until it is closed. */
function quietSource(): EventSource & { readonly isClosed: () => boolean } {
  const end = Promise.withResolvers<null>();
  let closed = false;
  return {
    pull: async () => await end.promise,
    close: () => {
      closed = true;
      end.resolve(null);
    },
    isClosed: () => closed,
  };
}

describe('a stream of results', () => {
  it('executes what the source gives', async () => {
    const event = { key: 'a' } as SourceEvent;
    const stream = new Stream({ pull: async () => event, close: () => undefined });
    expect(await stream.next()).toEqual({ done: false, value: { data: { key: 'a' } } });
  });

  it('that fails while it waits tells why, closes the source, and has ended', async () => {
    const quiet = quietSource();
    const stream = new Stream(quiet);
    const next = stream.next();
    stream.fail(new Error('first'));
    stream.fail(new Error('second'));
    expect(await next).toEqual({ done: false, value: { data: { error: 'Error: first' } } });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect([quiet.isClosed(), stream.left]).toEqual([true, 1]);
  });

  it('that has failed before it was read tells why', async () => {
    const stream = new Stream(quietSource());
    stream.fail(new Error('early'));
    expect((await stream.next()).value).toEqual({ data: { error: 'Error: early' } });
  });

  it.each(['return', 'abort'] as const)('ends at once, also while it waits: %s', async (how) => {
    const gone = new AbortController();
    const quiet = quietSource();
    const stream = new Stream(quiet, gone.signal);
    const next = stream.next();
    if (how === 'abort') gone.abort();
    else await stream.return();
    expect(await next).toEqual({ done: true, value: undefined });
    expect([quiet.isClosed(), stream.left]).toEqual([true, 1]);
  });
});
