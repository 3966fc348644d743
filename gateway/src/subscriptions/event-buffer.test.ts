import { describe, expect, it } from 'vitest';
import { createEventBuffer } from './event-buffer.ts';
import { AppError } from '@hoerok/shared/errors';

const event = (key: string, revision: number, terminal = false) => ({ key, revision, terminal });

describe('an event buffer', () => {
  it('gives a reader that keeps up every event in order', async () => {
    const buffer = createEventBuffer<ReturnType<typeof event>>({ coalesceAt: 2 });
    for (let revision = 1; revision <= 10; revision += 1) {
      buffer.push(event('a', revision));
      expect(await buffer.pull()).toEqual(event('a', revision));
    }
  });

  it('keeps only the newest state of an object for a slow reader', async () => {
    const buffer = createEventBuffer<ReturnType<typeof event>>({ coalesceAt: 3 });
    for (let revision = 1; revision <= 1_000; revision += 1) buffer.push(event('a', revision));
    buffer.push(event('b', 1));
    buffer.end();
    expect(buffer.size()).toBeLessThanOrEqual(4);
    const read: unknown[] = [];
    for (let next = await buffer.pull(); next !== null; next = await buffer.pull()) read.push(next);
    expect(read.slice(-2)).toEqual([event('a', 1_000), event('b', 1)]);
  });

  it('never drops the last word of an object', async () => {
    const buffer = createEventBuffer<ReturnType<typeof event>>({ coalesceAt: 1 });
    buffer.push(event('a', 1, true));
    buffer.push(event('a', 2));
    expect(await buffer.pull()).toEqual(event('a', 1, true));
  });

  it('settles a waiting pull the moment it is discarded', async () => {
    const buffer = createEventBuffer<ReturnType<typeof event>>();
    const pulled = buffer.pull();
    buffer.discard();
    expect(await pulled).toBeNull();
  });

  it('delivers what waits before it fails', async () => {
    const buffer = createEventBuffer<ReturnType<typeof event>>();
    buffer.push(event('a', 1));
    buffer.fail(new AppError('NOT_FOUND', 'gone'));
    expect(await buffer.pull()).toEqual(event('a', 1));
    await expect(buffer.pull()).rejects.toThrow('gone');
    expect(await buffer.pull()).toBeNull();
  });

  it('ends the stream of a reader that would fill the memory', async () => {
    const buffer = createEventBuffer<ReturnType<typeof event>>({ coalesceAt: 2, limit: 5 });
    for (let object = 0; object < 10; object += 1) buffer.push(event(`object ${object}`, 1));
    await expect(buffer.pull()).rejects.toMatchObject({ code: 'UNAVAILABLE', retryable: true });
  });
});
