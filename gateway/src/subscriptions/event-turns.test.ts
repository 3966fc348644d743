import { expect, it } from 'vitest';
import { takeTurns } from './event-turns.ts';

it('work that takes turns runs no more than so many at a time, in order, also past a failure', async () => {
  const turns = takeTurns(2);
  const started: number[] = [];
  const ends = Array.from({ length: 5 }, () => Promise.withResolvers<number>());
  const work = ends.map(({ promise }, index) =>
    turns(async () => {
      started.push(index);
      return await promise;
    }),
  );
  const settled = Promise.allSettled(work);
  expect(started).toEqual([0, 1]);
  ends[1]?.reject(new Error('no'));
  await expect.poll(() => started).toEqual([0, 1, 2]);
  for (const [index, { resolve }] of ends.entries()) resolve(index);
  expect((await settled).map(({ status }) => status === 'fulfilled')).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
  expect(started).toEqual([0, 1, 2, 3, 4]);
});
