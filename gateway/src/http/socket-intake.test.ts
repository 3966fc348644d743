import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { SocketIntake } from './socket-intake.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

function listenTo(socket: { bufferedAmount: number }) {
  const state = { paused: false };
  const pausable = {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    pause: () => void (state.paused = true),
    resume: () => void (state.paused = false),
  };
  const intake = new SocketIntake(pausable as unknown as WebSocket);
  const count = (times: number): void => {
    for (let index = 0; index < times; index += 1) intake.count();
  };
  return { intake, state, count };
}

describe('the intake of a socket', () => {
  it('makes a client wait that says too much, and not one that reads too little', () => {
    const [loud, deaf] = [listenTo({ bufferedAmount: 0 }), listenTo({ bufferedAmount: 2 * 1024 * 1024 })];
    loud.count(350);
    deaf.count(350);
    expect([loud.intake.makesWait, deaf.intake.makesWait]).toEqual([true, false]);
  });

  it('takes 300 messages at once, and 100 a second after that', async () => {
    const { state, count } = listenTo({ bufferedAmount: 0 });
    count(300);
    expect(state.paused).toBe(false);
    count(50);
    expect(state.paused).toBe(true);
    await vi.advanceTimersByTimeAsync(400);
    expect(state.paused).toBe(true);
    await vi.advanceTimersByTimeAsync(200);
    expect(state.paused).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    count(100);
    expect(state.paused).toBe(false);
  });

  it('waits for a client that does not read its answers', async () => {
    const socket = { bufferedAmount: 2 * 1024 * 1024 };
    const { state, count } = listenTo(socket);
    count(1);
    expect(state.paused).toBe(true);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(state.paused).toBe(true);
    socket.bufferedAmount = 0;
    await vi.advanceTimersByTimeAsync(200);
    expect(state.paused).toBe(false);
  });
});
