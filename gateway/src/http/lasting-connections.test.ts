import type { Viewer } from '@hoerok/shared/auth';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLastingConnections } from './lasting-connections.ts';

const user = (userId: string): Viewer => ({
  kind: 'user',
  userId,
  workspaceId: 'w1',
  role: 'MEMBER',
  sessionId: 's1',
});
const service: Viewer = { kind: 'service', service: 'ai', workspaceId: 'w1', onBehalfOf: null };
const leave = (): void => undefined;

describe('connections that stay open', () => {
  const open = (viewer: Viewer | null, address = 'a') => ({ viewer, address, leave });

  it('are counted by user, anonymous ones by address, and those of services not at all', () => {
    const connections = createLastingConnections({ perUser: 1, countAnonymous: true });
    connections.enter(open(user('u1')));
    connections.enter(open(user('u2')));
    connections.enter(open(null, 'a'));
    connections.enter(open(null, 'b'));
    connections.enter(open(service));
    connections.enter(open(service));
    expect(() => connections.enter(open(user('u1'), 'c'))).toThrow('One user may have 1 sockets');
    expect(() => connections.enter(open(null, 'a'))).toThrow('One user may have 1 sockets');
  });

  it('give their place back once, however often they leave', () => {
    const connections = createLastingConnections({ perUser: 2, countAnonymous: false });
    const exit = connections.enter(open(user('u1')));
    connections.enter(open(user('u1')));
    exit?.();
    exit?.();
    connections.enter(open(user('u1')));
    expect(() => connections.enter(open(user('u1')))).toThrow('One user may have 2 sockets');
  });

  it('are not counted while nobody can be told apart', () => {
    const connections = createLastingConnections({ perUser: 1, countAnonymous: false });
    connections.enter(open(null));
    expect(() => connections.enter(open(null))).not.toThrow();
  });
});

describe('draining', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  /** How many have left after each tenth of a second. */
  async function drain(count: number, graceMs: number): Promise<readonly number[]> {
    const connections = createLastingConnections({ perUser: 10_000, countAnonymous: false });
    let left = 0;
    for (let index = 0; index < count; index += 1) {
      connections.enter({ viewer: null, address: 'a', leave: () => void (left += 1) });
    }
    let done = false;
    void connections.drain(graceMs).then(() => {
      done = true;
    });
    expect(connections.enter({ viewer: null, address: 'a', leave })).toBeNull();
    const leftBy: number[] = [];
    while (!done) {
      await vi.advanceTimersByTimeAsync(100);
      leftBy.push(left);
    }
    return leftBy;
  }

  it('tells 500 a second to leave', async () => {
    const leftBy = await drain(1_000, 60_000);
    expect(leftBy.length).toBe(20);
    expect(leftBy.at(-1)).toBe(1_000);
    expect(leftBy[9]).toBeGreaterThan(490);
    expect(leftBy[9]).toBeLessThan(510);
  });

  it('is over when three quarters of the grace are', async () => {
    const leftBy = await drain(10_000, 2_000);
    expect(leftBy.length).toBe(15);
    expect(leftBy.at(-1)).toBe(10_000);
  });
});
