import { describe, expect, it } from 'vitest';
import { DateTimeScalar } from './date-time.ts';

describe('DateTime', () => {
  it('takes an instant with an offset and gives it in UTC', () => {
    const date = DateTimeScalar.parseValue('2026-03-04T10:00:00+09:00');
    expect(DateTimeScalar.serialize(date)).toBe('2026-03-04T01:00:00.000Z');
    expect(DateTimeScalar.serialize('2026-03-04T01:00:00.000Z')).toBe('2026-03-04T01:00:00.000Z');
  });

  it.each([
    '2026-03-04',
    '2026-03-04T10:00:00',
    '2026-13-04T10:00:00Z',
    '2026-02-30T10:00:00Z',
    'soon',
    7,
    null,
  ])('refuses %s', (value) => {
    expect(() => DateTimeScalar.parseValue(value)).toThrow('ISO 8601');
  });
});
