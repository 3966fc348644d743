import { describe, expect, it } from 'vitest';
import { createEndableSource } from './endable-source.ts';
import type { EventSource, SourceEvent } from './event-source.ts';

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

describe('an endable source', () => {
  it('gives what the source gives', async () => {
    const event = { key: 'a' } as SourceEvent;
    const source = createEndableSource({ pull: async () => event, close: () => undefined });
    expect(await source.pull()).toBe(event);
  });

  it('rejects the pull that waits, closes the source, and stays ended', async () => {
    const quiet = quietSource();
    const source = createEndableSource(quiet);
    const pull = source.pull();
    source.fail(new Error('first'));
    source.fail(new Error('second'));
    await expect(pull).rejects.toThrow('first');
    await expect(source.pull()).rejects.toThrow('first');
    expect(quiet.isClosed()).toBe(true);
  });

  it('passes on how the source itself ends', async () => {
    const quiet = quietSource();
    const source = createEndableSource(quiet);
    const pull = source.pull();
    source.close();
    expect(await pull).toBeNull();
  });
});
