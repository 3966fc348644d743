import { expect, it } from 'vitest';
import { mayChange, mayDelete } from './permission.ts';

const todo = { createdById: 'creator', assigneeId: 'assignee' };

it.each(['creator', 'assignee', 'organizer'])('lets the %s change a todo', (userId) => {
  expect(mayChange({ userId, role: 'MEMBER' }, todo, 'organizer')).toBe(true);
});

it.each(['ADMIN', 'MANAGER'])('lets any %s change a todo', (role) => {
  expect(mayChange({ userId: 'somebody', role }, todo, null)).toBe(true);
});

it('lets the assignee change it and not delete it', () => {
  const allowed = (userId: string): boolean => mayDelete({ userId, role: 'MEMBER' }, todo, 'organizer');
  expect(['creator', 'organizer', 'assignee'].map(allowed)).toEqual([true, true, false]);
});

it('lets nobody else, also when there is neither assignee nor organizer', () => {
  expect(mayChange({ userId: 'somebody', role: 'MEMBER' }, todo, 'organizer')).toBe(false);
  expect(mayChange({ userId: 'somebody', role: 'MEMBER' }, { ...todo, assigneeId: null }, null)).toBe(false);
});
