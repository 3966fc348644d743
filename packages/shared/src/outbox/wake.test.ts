import { describe, expect, it } from 'vitest';
import { createWake } from './wake.ts';

describe('a wake', () => {
  it('keeps a signal that comes while nobody waits until it is reset', async () => {
    const wake = createWake();
    wake.signal();
    await wake.wait(60_000);
    await wake.wait(60_000);
    wake.reset();
    const order: string[] = [];
    const waiting = wake.wait(60_000).then(() => order.push('woken'));
    order.push('waits');
    wake.signal();
    await waiting;
    expect(order).toEqual(['waits', 'woken']);
  });

  it('ends a wait without a signal after its time', async () => {
    await expect(createWake().wait(1)).resolves.toBeUndefined();
  });
});
