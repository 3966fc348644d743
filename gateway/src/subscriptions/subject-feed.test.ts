import { createLogger } from '@hoerok/shared/telemetry';
import { describe, expect, it } from 'vitest';
import { createEventMemory } from './event-memory.ts';
import type { EventStore } from './event-store.ts';
import type { StoredEvent } from './stored-event.ts';
import { SubjectFeed } from './subject-feed.ts';

const logger = createLogger({ service: 'test', level: 'silent' });

const at = (sequence: number): StoredEvent => ({
  stream: 'S',
  sequence,
  name: 'changed',
  payload: { sequence },
  trace: {},
  id: null,
});

interface Setup {
  readonly feed: SubjectFeed;
  readonly delivered: number[];
  /** What the stream holds. */
  stored: number[];
  /** Makes reads fail while true. */
  broken: boolean;
  epoch: string;
}

async function setUp(stored: number[]): Promise<Setup> {
  const delivered: number[] = [];
  const setup: { -readonly [K in keyof Setup]: Setup[K] } = {
    stored,
    broken: false,
    delivered,
    epoch: 'e1',
  } as never;
  const store: EventStore = {
    last: async () => [],
    next: async (_stream, _subject, sequence) => {
      if (setup.broken) throw new Error('no answer');
      const found = setup.stored.find((candidate) => candidate >= sequence);
      return found === undefined ? null : at(found);
    },
    heads: async () => {
      if (setup.broken) throw new Error('no answer');
      return new Map([['S', { epoch: setup.epoch, first: 1, last: setup.stored.at(-1) ?? 0 }]]);
    },
    count: async () => 0,
  };
  setup.feed = new SubjectFeed({
    subject: 'evt.s.x',
    store,
    memory: createEventMemory().forSubject(),
    logger,
    deliver: (event) => delivered.push(event.sequence),
  });
  await setup.feed.start();
  return setup;
}

describe('the feed of a subject', () => {
  it('passes live events on as they come', async () => {
    const { feed, delivered } = await setUp([1, 2]);
    feed.live(at(3), 2);
    feed.live(at(5), 3);
    expect(delivered).toEqual([3, 5]);
  });

  it('fills a gap from the stream before it goes on, and repeats nothing', async () => {
    const setup = await setUp([1]);
    setup.stored = [1, 3, 4, 6];
    setup.feed.live(at(4), 3);
    setup.feed.live(at(6), 4);
    await expect.poll(() => setup.delivered).toEqual([3, 4, 6]);
    setup.feed.live(at(7), 6);
    expect(setup.delivered).toEqual([3, 4, 6, 7]);
  });

  it('reads what was missed while the connection was gone', async () => {
    const setup = await setUp([1]);
    setup.feed.hold();
    setup.stored = [1, 2, 3];
    setup.feed.recover();
    setup.feed.live(at(3), 2);
    setup.feed.live(at(4), 3);
    await expect.poll(() => setup.delivered).toEqual([2, 3, 4]);
  });

  it('tries again until the streams can be read', async () => {
    const setup = await setUp([1]);
    setup.broken = true;
    setup.stored = [1, 2];
    setup.feed.recover();
    setup.feed.live(at(3), 2);
    expect(setup.delivered).toEqual([]);
    setup.broken = false;
    await expect.poll(() => setup.delivered).toEqual([2, 3]);
  });

  it('takes a stream that was made anew from its beginning', async () => {
    const setup = await setUp([90, 100]);
    setup.feed.hold();
    setup.stored = [1, 2];
    setup.epoch = 'e2';
    setup.feed.recover();
    await expect.poll(() => setup.delivered).toEqual([1, 2]);
    expect(setup.feed.positions()?.get('S')).toEqual({ epoch: 'e2', sequence: 2 });
  });

  it('notices a stream that was made anew while the connection held', async () => {
    const setup = await setUp([90, 100]);
    setup.stored = [1];
    setup.epoch = 'e2';
    setup.feed.live(at(1), 0);
    await expect.poll(() => setup.delivered).toEqual([1]);
  });

  it('repeats nothing of a stream that has come back without its end', async () => {
    const setup = await setUp([1, 2]);
    setup.feed.live(at(3), 2);
    setup.feed.hold();
    setup.stored = [1, 2];
    setup.feed.recover();
    setup.stored = [1, 2, 3];
    setup.feed.live(at(3), 2);
    await expect.poll(() => setup.delivered).toEqual([3, 3]);
  });

  it('drops what comes a second time', async () => {
    const setup = await setUp([1]);
    setup.stored = [1, 2, 3];
    setup.feed.live(at(2), 1);
    setup.feed.live(at(2), 1);
    setup.feed.live(at(3), 2);
    await expect.poll(() => setup.delivered).toEqual([2, 3]);
  });

  it('delivers nothing once it is stopped', async () => {
    const { feed, delivered } = await setUp([1]);
    feed.stop();
    feed.live(at(2), 1);
    expect(delivered).toEqual([]);
  });
});
