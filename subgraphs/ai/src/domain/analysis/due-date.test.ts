import { describe, expect, it } from 'vitest';
import { dueContext, readDueDate } from './due-date.ts';

// A Tuesday morning in Seoul.
const context = dueContext('2026-06-02T09:30:00+09:00', 'Asia/Seoul');
const endOfDay = (day: string): string => `${day}T14:59:59.999Z`;

describe('readDueDate', () => {
  it.each([
    ['fix it by Thursday', endOfDay('2026-06-04'), 'Thursday'],
    ['before the end of the week.', endOfDay('2026-06-05'), 'the end of the week'],
    ['by next Friday', endOfDay('2026-06-12'), 'next Friday'],
    ['sometime next week', endOfDay('2026-06-12'), 'next week'],
    ['the day after tomorrow', endOfDay('2026-06-04'), 'the day after tomorrow'],
    ['by the end of the month', endOfDay('2026-06-30'), 'the end of the month'],
    ['by the 1st', endOfDay('2026-07-01'), 'by the 1st'],
    ['by EOD', endOfDay('2026-06-02'), 'EOD'],
    ['within half an hour', '2026-06-02T01:00:00.000Z', 'within half an hour'],
    ['on June 9 at 9:30', '2026-06-09T00:30:00.000Z', 'June 9 at 9:30'],
    ['tomorrow morning', '2026-06-03T03:00:00.000Z', 'tomorrow morning'],
  ])('reads English "%s"', (text, dueAt, dueText) => {
    expect(readDueDate(text, context)).toMatchObject({ dueAt, dueText });
  });

  it.each([
    ['다음 주 수요일까지 올리겠습니다', endOfDay('2026-06-10'), '다음 주 수요일까지'],
    ['이번 달 말까지 받아서', endOfDay('2026-06-30'), '이번 달 말까지'],
    ['다음 달 5일까지', endOfDay('2026-07-05'), '다음 달 5일까지'],
    ['3월 15일까지', endOfDay('2027-03-15'), '3월 15일까지'],
    ['모레까지', endOfDay('2026-06-04'), '모레까지'],
    ['이틀 안에', endOfDay('2026-06-04'), '이틀 안에'],
    ['3일 이내에', endOfDay('2026-06-05'), '3일 이내에'],
    ['금요일까지', endOfDay('2026-06-05'), '금요일까지'],
    ['다음 주까지', endOfDay('2026-06-12'), '다음 주까지'],
    ['15일까지', endOfDay('2026-06-15'), '15일까지'],
    ['내일 오전까지', '2026-06-03T03:00:00.000Z', '내일 오전까지'],
    ['내일 오후 3시 반까지', '2026-06-03T06:30:00.000Z', '내일 오후 3시 반까지'],
    ['6월 9일 오전 10시', '2026-06-09T01:00:00.000Z', '6월 9일 오전 10시'],
  ])('reads Korean "%s"', (text, dueAt, dueText) => {
    expect(readDueDate(text, context)).toMatchObject({ dueAt, dueText });
  });

  it.each([
    '',
    'we may do that',
    'it takes ten minutes',
    'last week',
    '지난주 금요일',
    '원래 6월 16일이었는데요',
    '3초를 넘으면',
    '2월 31일까지',
  ])('reads no due date in "%s"', (text) => {
    expect(readDueDate(text, context)).toBeUndefined();
  });

  it('reads "the day after that" from the date named before', () => {
    const previous = { year: 2026, month: 6, day: 10 };
    expect(readDueDate('그 다음 날 돌릴게요', { ...context, previous })?.dueAt).toBe(endOfDay('2026-06-11'));
    expect(readDueDate('그 다음 날 돌릴게요', context)).toBeUndefined();
  });

  it('ends the day by the clock of the zone when summer time begins', () => {
    const berlin = dueContext('2026-03-27T10:00:00Z', 'Europe/Berlin');
    expect(readDueDate('on Sunday', berlin)?.dueAt).toBe('2026-03-29T21:59:59.999Z');
  });

  it('throws RangeError for an unknown zone or instant', () => {
    expect(() => dueContext('2026-06-02T00:00:00Z', 'Nowhere/Land')).toThrow(RangeError);
    expect(() => dueContext('some day', 'UTC')).toThrow(RangeError);
  });
});
