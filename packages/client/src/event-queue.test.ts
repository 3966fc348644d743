import { expect, it } from 'vitest';
import { createEventQueue, type EventQueue } from './event-queue.ts';
import { HoerokError } from './hoerok-error.ts';

function queueWithLog(): { queue: EventQueue<number>; log: string[] } {
  const log: string[] = [];
  const queue = createEventQueue<number>({
    onStart: () => log.push('start'),
    onDrained: () => log.push('drained'),
    onEnd: () => log.push('end'),
  });
  return { queue, log };
}

it('begins with the first item that is asked for, and says how many wait', async () => {
  const { queue, log } = queueWithLog();
  expect(log).toEqual([]);
  const first = queue.items.next();
  expect(log).toEqual(['start']);
  for (const item of [1, 2, 3]) queue.push(item);
  expect(queue.size()).toBe(2);
  expect(await first).toEqual({ done: false, value: 1 });
  await queue.items.next();
  await queue.items.next();
  expect(log).toEqual(['start', 'drained', 'drained']);
});

it('lets a reader who waits leave at once', async () => {
  const { queue, log } = queueWithLog();
  const waiting = queue.items.next();
  await queue.items.return?.();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(log).toEqual(['start', 'end']);
});

it('delivers what waits before it fails, and fails once', async () => {
  const { queue } = queueWithLog();
  queue.push(1);
  queue.end(new HoerokError('NOT_FOUND', 'There is no such task.'));
  expect(await queue.items.next()).toEqual({ done: false, value: 1 });
  await expect(queue.items.next()).rejects.toThrow('There is no such task.');
  expect(await queue.items.next()).toEqual({ done: true, value: undefined });
});

it('answers several who ask at the same time in their order', async () => {
  const { queue } = queueWithLog();
  const both = [queue.items.next(), queue.items.next()];
  queue.push(1);
  queue.push(2);
  expect((await Promise.all(both)).map(({ value }) => value as number)).toEqual([1, 2]);
});
