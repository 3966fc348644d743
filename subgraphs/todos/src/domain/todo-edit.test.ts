import { describe, expect, it } from 'vitest';
import { applyEdit, type TodoFields } from './todo-edit.ts';

const todo: TodoFields = {
  title: 'Ask the vendor',
  description: null,
  assigneeId: 'u1',
  dueAt: new Date('2026-03-06T09:00:00Z'),
  priority: 'NORMAL',
  status: 'OPEN',
  remindBefore: [24],
};

describe('applyEdit', () => {
  it('tells each changed field with its values before and after', () => {
    const { fields, changes } = applyEdit(todo, { assigneeId: 'u2', dueAt: null, status: 'IN_PROGRESS' });
    expect(fields).toEqual({ ...todo, assigneeId: 'u2', dueAt: null, status: 'IN_PROGRESS' });
    expect(changes).toEqual([
      { field: 'assignee', from: 'u1', to: 'u2' },
      { field: 'dueAt', from: '2026-03-06T09:00:00.000Z', to: null },
      { field: 'status', from: 'OPEN', to: 'IN_PROGRESS' },
    ]);
  });

  it('tells nothing when every wanted value is there already', () => {
    const edit = { title: 'Ask the vendor', dueAt: new Date('2026-03-06T18:00:00+09:00'), status: undefined };
    expect(applyEdit(todo, edit).changes).toEqual([]);
  });

  it('refuses a status that cannot be reached', () => {
    expect(() => applyEdit({ ...todo, status: 'DONE' }, { status: 'BLOCKED' })).toThrow(
      /DONE cannot become BLOCKED/,
    );
  });
});
