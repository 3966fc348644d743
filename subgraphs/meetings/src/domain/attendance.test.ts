import { describe, expect, it } from 'vitest';
import { afterEnd, isPresent, joined, left, NEW_PRESENCE } from './attendance.ts';

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 4, 1, minute));

describe('attendance', () => {
  it('remembers when somebody came first and left last', () => {
    const there = joined(NEW_PRESENCE, at(0));
    const gone = left(there, at(10));
    const back = joined(gone, at(20));
    expect(gone).toMatchObject({ attendance: 'PRESENT', joinedAt: at(0), leftAt: at(10) });
    expect(back).toMatchObject({ joinedAt: at(0), leftAt: null });
    expect([there, gone, back].map((one) => isPresent(one, false))).toEqual([true, false, true]);
    expect(isPresent(gone, true)).toBe(true);
  });

  it('counts as present at the end who never answered, and as absent who declined', () => {
    const end = (attendance: (typeof NEW_PRESENCE)['attendance']) =>
      afterEnd({ ...NEW_PRESENCE, attendance }, at(60)).attendance;
    expect(end('INVITED')).toBe('PRESENT');
    expect(end('ACCEPTED')).toBe('PRESENT');
    expect(end('DECLINED')).toBe('ABSENT');
    expect(end('ABSENT')).toBe('ABSENT');
  });

  it('lets those who are there leave when the meeting ends, and changes nothing for who never came', () => {
    expect(afterEnd(joined(NEW_PRESENCE, at(0)), at(60)).leftAt).toEqual(at(60));
    expect(afterEnd(NEW_PRESENCE, at(60)).leftAt).toBeNull();
    expect(left(NEW_PRESENCE, at(5))).toBe(NEW_PRESENCE);
  });
});
