import { expect, it } from 'vitest';
import { firstReminder, reminderAfter, tidyRemindBefore } from './reminders.ts';

const at = (day: number, hour: number): Date => new Date(Date.UTC(2026, 2, day, hour));
const plan = { dueAt: at(10, 9), remindBefore: [48, 2] };

it('begins with the longest time before the due date, be it past', () => {
  expect(firstReminder(plan)).toEqual(at(8, 9));
  expect(firstReminder({ ...plan, dueAt: null })).toBeNull();
});

it('goes on with the next one that is still to come', () => {
  expect(reminderAfter(plan, at(8, 9))).toEqual(at(10, 7));
  expect(reminderAfter(plan, at(10, 8))).toEqual(at(11, 9));
});

it('tells of what is late once a day for seven days', () => {
  const days: Date[] = [];
  for (let next = reminderAfter(plan, at(10, 9)); next !== null; next = reminderAfter(plan, next))
    days.push(next);
  expect(days).toEqual([11, 12, 13, 14, 15, 16, 17].map((day) => at(day, 9)));
});

it('tells of what is late also when nothing is wanted before', () => {
  expect(firstReminder({ ...plan, remindBefore: [] })).toEqual(at(11, 9));
});

it('keeps each time once, the longest first', () => {
  expect(tidyRemindBefore([1, 24, 1, 168])).toEqual([168, 24, 1]);
});
