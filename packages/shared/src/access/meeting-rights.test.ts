import { describe, expect, it } from 'vitest';
import type { UserViewer } from '../auth/index.ts';
import type { ShareAccess } from '../contracts/index.ts';
import { mayChangeMeeting, maySeeMeeting, type MeetingRight, requireRight } from './meeting-rights.ts';

const RIGHTS: readonly MeetingRight[] = ['COMMENT', 'VERIFY', 'PARTICIPATE'];
const now = new Date('2026-03-04T01:00:00Z');

function viewer(userId: string, role: UserViewer['role'] = 'MEMBER'): UserViewer {
  return { kind: 'user', userId, workspaceId: 'w', role, sessionId: 's' };
}

function sharedWith(userId: string, access: ShareAccess, expiresAt: string | null = null) {
  return { organizerId: 'o', participantUserIds: ['o', 'p'], shares: [{ userId, access, expiresAt }] };
}

function rightsOf(who: UserViewer, meeting: Parameters<typeof maySeeMeeting>[1]): MeetingRight[] {
  return RIGHTS.filter((right) => mayChangeMeeting(who, meeting, { right, now }));
}

describe('the rights in a meeting', () => {
  it.each([
    ['READ', []],
    ['COMMENT', ['COMMENT']],
    ['VERIFY', ['COMMENT', 'VERIFY']],
  ] as const)('a share of %s lets its holder read, and do %j', (access, rights) => {
    const meeting = sharedWith('s', access);
    expect(maySeeMeeting(viewer('s'), meeting, now)).toBe(true);
    expect(rightsOf(viewer('s'), meeting)).toEqual(rights);
    expect(maySeeMeeting(viewer('x'), meeting, now)).toBe(false);
  });

  it('a participant, an ADMIN and a MANAGER need no share', () => {
    for (const who of [viewer('o'), viewer('p'), viewer('x', 'ADMIN'), viewer('x', 'MANAGER')])
      expect(rightsOf(who, { organizerId: 'o', participantUserIds: ['o', 'p'] })).toEqual(RIGHTS);
  });

  it('a share counts until the moment it runs out', () => {
    const until = (expiresAt: string): boolean =>
      maySeeMeeting(viewer('s'), sharedWith('s', 'VERIFY', expiresAt), now);
    expect(until('2026-03-04T01:00:00.001Z')).toBe(true);
    expect(until('2026-03-04T01:00:00.000Z')).toBe(false);
  });

  it('who may see and not do is refused as FORBIDDEN', () => {
    const refused = (): void =>
      requireRight(viewer('s'), sharedWith('s', 'COMMENT'), { right: 'VERIFY', now });
    expect(refused).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
});
