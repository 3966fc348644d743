import { describe, expect, it } from 'vitest';
import { isOverdue, statusAfter, TODO_STATUSES, type TodoStatus } from './todo-status.ts';

const now = new Date('2026-03-04T10:00:00Z');

describe('statusAfter', () => {
  it.each(['OPEN', 'IN_PROGRESS', 'BLOCKED'] as const)('leads from %s to every other status', (status) => {
    expect(TODO_STATUSES.map((wanted) => statusAfter(status, wanted))).toEqual(TODO_STATUSES);
  });

  it.each([
    ['DONE', 'CANCELED'],
    ['DONE', 'BLOCKED'],
    ['CANCELED', 'DONE'],
    ['CANCELED', 'IN_PROGRESS'],
  ] as [TodoStatus, TodoStatus][])('refuses the step from %s to %s', (status, wanted) => {
    expect(() => statusAfter(status, wanted)).toThrow(expect.objectContaining({ code: 'WRONG_STATE' }));
  });

  it.each(['DONE', 'CANCELED'] as const)('opens a %s todo again', (status) => {
    expect(statusAfter(status, 'OPEN')).toBe('OPEN');
  });
});

describe('isOverdue', () => {
  const dueAt = new Date('2026-03-04T09:59:59Z');

  it('holds once the due date has passed', () => {
    expect(isOverdue({ status: 'OPEN', dueAt }, now)).toBe(true);
    expect(isOverdue({ status: 'BLOCKED', dueAt }, dueAt)).toBe(false);
  });

  it('never holds without a due date or when nothing is left to do', () => {
    expect(isOverdue({ status: 'OPEN', dueAt: null }, now)).toBe(false);
    expect(isOverdue({ status: 'DONE', dueAt }, now)).toBe(false);
    expect(isOverdue({ status: 'CANCELED', dueAt }, now)).toBe(false);
  });
});
