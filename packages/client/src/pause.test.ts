import { expect, it } from 'vitest';
import { createPause } from './pause.ts';

it('lets all who wait go on at the same moment', async () => {
  const pause = createPause({ baseMs: 5 });
  const order: number[] = [];
  const { signal } = new AbortController();
  await Promise.all(
    [1, 2, 3].map(async (name) => {
      await pause(0, signal);
      order.push(name);
    }),
  );
  expect(order).toEqual([1, 2, 3]);
});

it('ends for who leaves, at once, and for nobody else', async () => {
  const pause = createPause({ baseMs: 2 ** 31 - 1, capMs: 2 ** 31 - 1 });
  const [leaving, staying] = [new AbortController(), new AbortController()];
  let stayed = true;
  const others = pause(0, staying.signal).then(() => {
    stayed = false;
  });
  const left = pause(0, leaving.signal);
  leaving.abort();
  await left;
  expect(stayed).toBe(true);
  staying.abort();
  await others;
});
