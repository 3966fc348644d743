import { describe, expect, it } from 'vitest';
import { type Access, createRevocations, type Revocation } from './revocations.ts';

const NOW = 1_780_000_000_000;
const access: Access = { userId: 'u1', sessionId: 's1', revision: 3 };
const ofSession: Revocation = {
  userId: 'u1',
  sessionId: 's1',
  revision: null,
  accessEndsAtMs: NOW + 900_000,
};
const ofUser: Revocation = { ...ofSession, sessionId: null, revision: 4 };

function create(capacity?: number) {
  const clock = { nowMs: NOW };
  const revocations = createRevocations({ clock: () => clock.nowMs, ...(capacity && { capacity }) });
  return { ...revocations, clock };
}

describe('C3: revoked access', () => {
  it('is that of one session, and no other of the same user', () => {
    const { add, has } = create();
    add(ofSession);
    expect([has(access), has({ ...access, sessionId: 's2' })]).toEqual([true, false]);
  });

  it('is all that a user was granted before a revision, whatever order the changes are told in', () => {
    const { add, has } = create();
    add({ ...ofUser, revision: 6 });
    add(ofUser);
    const at = (revision: number): boolean => has({ ...access, sessionId: 'any', revision });
    expect([at(0), at(3), at(5), at(6)]).toEqual([true, true, true, false]);
    expect(has({ ...access, userId: 'u2' })).toBe(false);
  });

  it('is forgotten when it has ended by itself, and not a minute before that', () => {
    const { add, has, size, clock } = create();
    add(ofSession);
    add(ofUser);
    clock.nowMs = NOW + 900_000 + 59_999;
    add({ ...ofSession, sessionId: 's2', accessEndsAtMs: clock.nowMs + 900_000 });
    expect([has(access), size()]).toEqual([true, 3]);
    clock.nowMs += 60_001;
    add({ ...ofSession, sessionId: 's3', accessEndsAtMs: clock.nowMs + 900_000 });
    expect([has(access), size()]).toEqual([false, 2]);
    add(ofSession);
    expect(size()).toBe(2);
  });

  it('takes no more memory than its capacity', () => {
    const { add, size } = create(100);
    for (let index = 0; index < 1_000; index += 1) {
      add({ ...ofSession, sessionId: `s${index}` });
      add({ ...ofUser, userId: `u${index}` });
    }
    expect(size()).toBe(200);
  });

  it('ends what watches it once, at once, and what was renewed in time not at all', () => {
    const { add, watch } = create();
    const ended: string[] = [];
    let renewed = access;
    watch(
      () => access,
      () => ended.push('open'),
    );
    watch(
      () => renewed,
      () => ended.push('renewed'),
    );
    const stop = watch(
      () => access,
      () => ended.push('left'),
    );
    stop();
    renewed = { ...access, revision: 4, sessionId: 's2' };
    add(ofSession);
    add(ofUser);
    expect(ended).toEqual(['open']);
    watch(
      () => access,
      () => ended.push('late'),
    );
    expect(ended).toEqual(['open', 'late']);
  });

  it('ends what watches it also when it is told too late to be remembered, as after a long failure', () => {
    const { add, watch, size } = create();
    let ended = 0;
    watch(
      () => access,
      () => (ended += 1),
    );
    add({ ...ofSession, accessEndsAtMs: NOW - 3_600_000 });
    expect([ended, size()]).toEqual([1, 0]);
  });
});
