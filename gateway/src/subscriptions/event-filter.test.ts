import { describe, expect, it } from 'vitest';
import { compileFilter } from './event-filter.ts';

describe('a filter of events', () => {
  it('lets through what holds the value of the argument', () => {
    const filter = compileFilter('meetingId={args.meetingId}');
    expect(filter.argument).toBe('meetingId');
    expect(filter.matches({ meetingId: 'm1' }, { meetingId: 'm1' })).toBe(true);
    expect(filter.matches({ meetingId: 'm2' }, { meetingId: 'm1' })).toBe(false);
    expect(filter.matches({}, { meetingId: 'm1' })).toBe(false);
  });

  it('reads nested values', () => {
    const filter = compileFilter('meeting.id={args.id}');
    expect(filter.matches({ meeting: { id: 'm1' } }, { id: 'm1' })).toBe(true);
    expect(filter.matches({ meeting: null }, { id: 'm1' })).toBe(false);
  });

  it('lets nothing through without the argument, not even events without a value', () => {
    const filter = compileFilter('meetingId={args.id}');
    for (const args of [{}, { id: null }, { id: undefined }]) {
      expect(filter.matches({ meetingId: null }, args)).toBe(false);
      expect(filter.matches({}, args)).toBe(false);
    }
  });

  it.each([
    '',
    'meetingId',
    'meetingId=m1',
    'meetingId={viewer}',
    'a..b={args.x}',
    '={args.x}',
    'a={args.x}b',
  ])('refuses "%s"', (text) => {
    expect(() => compileFilter(text)).toThrow(/field=\{args\.name\}/);
  });
});
