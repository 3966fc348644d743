import { describe, expect, it } from 'vitest';
import { until } from '../src/testing/index.ts';
import { AGGREGATES, EACH, eventsOf, heard, listen, oneTo, write, writeAll } from './notes.ts';
import { damageStream, startOwnNats } from './own-nats.ts';
import { startTestPlatform } from './test-platform.ts';

/** With `NATS_SERVER=<path>` on another version of NATS; what is damaged here is handled differently by each. */
describe('events of a stream that was damaged on disk', () => {
  it.each([
    ['its end was cut off', { flip: false }],
    ['a bit in the middle was flipped and its end cut off', { flip: true }],
  ])(
    'reach those who have read on before and those who begin, when %s',
    { timeout: 60_000 },
    async (_what, damage) => {
      await using nats = await startOwnNats();
      await using platform = await startTestPlatform({ natsServerUrl: nats.url });
      await using listener = await listen(platform);
      await writeAll(platform);
      await heard(listener);
      await nats.stop();
      await damageStream(nats.store, eventsOf(platform), damage);
      await nats.restart();
      for (const number of [EACH + 1, EACH + 2])
        for (const aggregate of AGGREGATES) await write(platform, aggregate, number);
      await until(
        'the new ones are heard',
        () => [...listener.seen.values()].every((list) => list.length >= EACH + 2),
        {
          deadlineMs: 20_000,
        },
      );
      for (const list of listener.seen.values()) expect(list).toEqual(oneTo(EACH + 2));
      await using newcomer = await listen(platform, 'newcomer');
      await until(
        'all are heard',
        () => [...newcomer.seen.values()].every((list) => list.length >= EACH + 2),
        {
          deadlineMs: 20_000,
        },
      );
      for (const list of newcomer.seen.values())
        expect(list.toSorted((one, other) => one - other)).toEqual(oneTo(EACH + 2));
    },
  );
});
