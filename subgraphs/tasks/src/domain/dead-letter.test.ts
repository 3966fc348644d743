import { describe, expect, it } from 'vitest';
import { changedTaskOf, requireReplayable, taskIdOf, workspaceOf } from './dead-letter.ts';

const EVENT = 'evt.ai.w-1.task.t-1.changed';
const moment = { now: new Date('2026-03-30T00:00:00.000Z'), rememberedDays: 21, knownRevision: 3 };
const letter = {
  subject: EVENT,
  headers: { 'ce-id': 'e-1', 'ce-time': '2026-03-29T00:00:00.000Z' },
  at: new Date('2026-03-29T12:00:00.000Z'),
  payload: { revision: 3 },
};

describe('the rules of dead letters', () => {
  it('tell whose a letter is only when header and subject agree', () => {
    const headers = { 'x-workspace-id': 'w-1' };
    expect(workspaceOf({ subject: EVENT, headers })).toBe('w-1');
    expect(workspaceOf({ subject: 'task.ai.MINUTES.normal', headers })).toBe('w-1');
    for (const subject of ['evt.ai.w-2.task.t-1.changed', 'evt.ai.w-1.task', 'nudge.ai', ''])
      expect(workspaceOf({ subject, headers })).toBeNull();
    expect(workspaceOf({ subject: EVENT, headers: {} })).toBeNull();
  });

  it('find the task in the header or the payload of a task letter, and in no other', () => {
    const task = 'task.ai.MINUTES.normal';
    expect(taskIdOf({ subject: task, headers: { 'x-task-id': 't-1' } }, undefined)).toBe('t-1');
    expect(taskIdOf({ subject: task, headers: {} }, { taskId: 't-2' })).toBe('t-2');
    expect(taskIdOf({ subject: task, headers: {} }, 'nothing')).toBeNull();
    expect(taskIdOf({ subject: EVENT, headers: { 'x-task-id': 't-1' } }, undefined)).toBeNull();
    expect([changedTaskOf(EVENT), changedTaskOf('evt.ai.w-1.minutes.m-1.created')]).toEqual(['t-1', null]);
  });

  it('replay an event only while those who handled it still know its id', () => {
    expect(() => requireReplayable(letter, moment)).not.toThrow();
    const old = { ...letter, headers: { ...letter.headers, 'ce-time': '2026-03-09T00:00:00.000Z' } };
    expect(() => requireReplayable(old, moment)).toThrow('older than 20 days');
    expect(() => requireReplayable({ ...letter, headers: {} }, moment)).toThrow('no event id');
    expect(() => requireReplayable({ ...letter, payload: undefined }, moment)).toThrow('not JSON');
  });

  it('replay no state of a task that a newer one has replaced', () => {
    expect(() => requireReplayable(letter, { ...moment, knownRevision: 4 })).toThrow('newer state');
    expect(() => requireReplayable(letter, { ...moment, knownRevision: null })).not.toThrow();
  });
});
