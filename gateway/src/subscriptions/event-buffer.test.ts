import { AppError } from '@hoerok/shared/errors';
import { describe, expect, it } from 'vitest';
import { EventBuffer } from './event-buffer.ts';

const event = (key: string, revision: number, terminal = false) => ({ key, revision, terminal });
type Event = ReturnType<typeof event>;

describe('an event buffer', () => {
  it('gives a reader that keeps up every event in order', async () => {
    const buffer = new EventBuffer<Event>({ capacity: 2 });
    for (let revision = 1; revision <= 10; revision += 1) {
      expect(buffer.push(event('a', revision))).toBe(true);
      expect(await buffer.pull()).toEqual(event('a', revision));
    }
  });

  it('takes no more than it has room for', async () => {
    const buffer = new EventBuffer<Event>({ capacity: 2 });
    expect([1, 2, 3].map((revision) => buffer.push(event('a', revision)))).toEqual([true, true, false]);
    expect(await buffer.pull()).toEqual(event('a', 1));
    expect(buffer.push(event('a', 3))).toBe(true);
  });

  it('keeps only the newest state of an object for a slow reader, if told to', async () => {
    const buffer = new EventBuffer<Event>({ capacity: 3, latestOnly: true });
    for (let revision = 1; revision <= 1_000; revision += 1) buffer.push(event('a', revision));
    buffer.push(event('b', 1));
    buffer.end();
    const read: unknown[] = [];
    for (let next = await buffer.pull(); next !== null; next = await buffer.pull()) read.push(next);
    expect(read.slice(-2)).toEqual([event('a', 1_000), event('b', 1)]);
  });

  it('never replaces the last word of an object', async () => {
    const buffer = new EventBuffer<Event>({ capacity: 1, latestOnly: true });
    buffer.push(event('a', 1, true));
    expect(buffer.push(event('a', 2))).toBe(false);
    expect(await buffer.pull()).toEqual(event('a', 1, true));
  });

  it('settles a waiting pull the moment it is discarded', async () => {
    const buffer = new EventBuffer<Event>();
    const pulled = buffer.pull();
    buffer.discard();
    expect(await pulled).toBeNull();
  });

  it('delivers what waits before it ends', async () => {
    const buffer = new EventBuffer<Event>();
    buffer.push(event('a', 1));
    buffer.end();
    expect(await buffer.pull()).toEqual(event('a', 1));
    expect(await buffer.pull()).toBeNull();
  });

  it('drops what waits when it fails, and fails once', async () => {
    const buffer = new EventBuffer<Event>();
    buffer.push(event('a', 1));
    buffer.fail(new AppError('NOT_FOUND', 'gone'));
    await expect(buffer.pull()).rejects.toThrow('gone');
    expect(await buffer.pull()).toBeNull();
  });
});
