import type { UserViewer } from '@hoerok/shared/auth';
import type { TaskStatus } from '@hoerok/shared/contracts';
import { describe, expect, it } from 'vitest';
import { maySee, needsCommand } from './task.ts';

const viewer = (userId: string, role: UserViewer['role'] = 'MEMBER'): UserViewer => ({
  kind: 'user',
  userId,
  role,
  workspaceId: 'w',
  sessionId: 's',
});
const task = (status: TaskStatus, kind = 'MINUTES') => ({
  kind,
  status,
  requestedById: 'u-1',
  watchers: ['u-2'],
});

describe('the rules of tasks', () => {
  it('do not let a single step of a larger task be retried', () => {
    const step = task('FAILED', 'SAGA_STEP');
    expect(() => needsCommand(viewer('u-1'), step, 'retry')).toThrow('Retry that one.');
    expect(needsCommand(viewer('u-1'), task('PROCESSING', 'SAGA_STEP'), 'cancel')).toBe(true);
  });

  it('let who watches see, and only who asked or leads command', () => {
    expect(maySee(viewer('u-2'), task('PENDING'))).toBe(true);
    expect(maySee(viewer('u-3'), task('PENDING'))).toBe(false);
    expect(() => needsCommand(viewer('u-2'), task('PENDING'), 'cancel')).toThrow('Only who asked');
    expect(needsCommand(viewer('u-3', 'MANAGER'), task('PENDING'), 'cancel')).toBe(true);
  });

  it('cancel what has not ended and retry what failed or was cancelled', () => {
    const may = (status: TaskStatus, command: 'cancel' | 'retry'): boolean | string => {
      try {
        return needsCommand(viewer('u-1'), task(status), command);
      } catch {
        return 'refused';
      }
    };
    const all = ['PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
    expect(all.map((status) => may(status, 'cancel'))).toEqual([true, true, 'refused', 'refused', false]);
    expect(all.map((status) => may(status, 'retry'))).toEqual(['refused', 'refused', 'refused', true, true]);
  });
});
