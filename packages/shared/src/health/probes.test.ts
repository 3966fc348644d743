import { describe, expect, it } from 'vitest';
import { createHealth } from './probes.ts';

const up = async (): Promise<void> => undefined;
const down = async (): Promise<void> => {
  throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
};

describe('readiness', () => {
  it('fails when something needed is down, and shows no address', async () => {
    const readiness = await createHealth({ postgres: down, other: up }).readiness();
    expect(readiness).toMatchObject({
      status: 'not ready',
      dependencies: { postgres: { status: 'down', reason: 'refused' }, other: { status: 'up' } },
    });
    expect(JSON.stringify(readiness)).not.toContain('10.0.0.7');
  });

  it('shows what is optional and does not depend on it', async () => {
    const health = createHealth({ postgres: up }, { optional: { redis: down } });
    expect(await health.readiness()).toMatchObject({
      status: 'ready',
      dependencies: { postgres: { status: 'up' }, redis: { status: 'down' } },
    });
    health.stopAccepting();
    expect((await health.readiness()).status).toBe('not ready');
  });

  it('does not wait longer than its time for a dependency that says nothing', async () => {
    const silent = createHealth({ nats: () => new Promise(() => undefined) }, { timeoutMs: 5 });
    expect(await silent.readiness()).toMatchObject({
      dependencies: { nats: { reason: 'no answer in time' } },
    });
  });
});
