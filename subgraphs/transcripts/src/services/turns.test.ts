import type { Transact } from '@hoerok/shared/database';
import type { EntityManager } from 'typeorm';
import { expect, it } from 'vitest';
import { createChangeTranscript } from './turns.ts';

it('runs changes of one transcript in turn, also after one that failed, and those of others beside them', async () => {
  const order: string[] = [];
  const transact: Transact = (work) => work({} as EntityManager);
  const change = createChangeTranscript(transact);
  const gate = Promise.withResolvers<void>();
  const first = change('a', async () => {
    await gate.promise;
    order.push('a1');
    throw new Error('It did not work.');
  });
  const second = change('a', async () => order.push('a2'));
  await change('b', async () => order.push('b1'));
  gate.resolve();
  await expect(first).rejects.toThrow('It did not work.');
  await second;
  expect(order).toEqual(['b1', 'a1', 'a2']);
});
