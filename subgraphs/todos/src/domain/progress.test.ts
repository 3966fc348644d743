import { describe, expect, it } from 'vitest';
import { NO_TODOS, progressOf, type TodoTally } from './progress.ts';

const tally = (byStatus: Partial<TodoTally['byStatus']>, overdue = 0): TodoTally => ({
  byStatus: { ...NO_TODOS.byStatus, ...byStatus },
  overdue,
});

describe('progressOf', () => {
  it('is nothing of nothing for a meeting without todos, closed or not', () => {
    const nothing = { total: 0, done: 0, overdue: 0, percent: 0, state: 'NOT_STARTED' };
    expect(progressOf(NO_TODOS, false)).toEqual(nothing);
    expect(progressOf(NO_TODOS, true)).toEqual(nothing);
  });

  it('has not started while every todo is open', () => {
    expect(progressOf(tally({ OPEN: 3 }, 2), true)).toMatchObject({
      state: 'NOT_STARTED',
      total: 3,
      overdue: 2,
    });
  });

  it('counts the share of the done ones without the canceled ones', () => {
    expect(progressOf(tally({ OPEN: 1, BLOCKED: 1, DONE: 2, CANCELED: 5 }), true)).toEqual({
      total: 4,
      done: 2,
      overdue: 0,
      percent: 50,
      state: 'IN_PROGRESS',
    });
  });

  it('is completed only when the meeting is closed and nothing is left to do', () => {
    expect(progressOf(tally({ DONE: 2, CANCELED: 1 }), false)).toMatchObject({
      state: 'IN_PROGRESS',
      percent: 100,
    });
    expect(progressOf(tally({ DONE: 2, CANCELED: 1 }), true)).toMatchObject({
      state: 'COMPLETED',
      percent: 100,
    });
    expect(progressOf(tally({ CANCELED: 2 }), true)).toMatchObject({ state: 'COMPLETED', percent: 0 });
  });
});
