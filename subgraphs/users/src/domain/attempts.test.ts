import { describe, expect, it } from 'vitest';
import { nextAttemptAt } from './attempts.ts';

const at = (minutes: number): Date => new Date(1_780_000_000_000 + minutes * 60_000);
const ten = Array.from({ length: 10 }, (_, index) => at(index));

describe('failed sign-ins', () => {
  it('leave the tenth try free and block the eleventh until the first has left the window', () => {
    expect(nextAttemptAt(ten.slice(1), at(10))).toBeNull();
    expect(nextAttemptAt(ten, at(10))).toEqual(at(15));
    expect(nextAttemptAt(ten, at(15))).toBeNull();
  });
});
