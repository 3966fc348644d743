import { expect, it } from 'vitest';
import { type CalendarTodo, todoCalendar } from './todo-calendar.ts';

const todo: CalendarTodo = {
  id: '0190',
  title: '회의록 보내기; "오늘", 꼭',
  description: 'first line\nEND:VCALENDAR',
  dueAt: new Date('2026-03-06T09:00:00Z'),
  priority: 'HIGH',
  revision: 3,
  createdAt: new Date('2026-03-01T00:00:00Z'),
};

it('shows a todo as half an hour of free time that ends when it is due', () => {
  const lines = todoCalendar([todo]).split('\r\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'UID:todo-0190@hoerok',
      'SEQUENCE:2',
      'DTSTAMP:20260301T000000Z',
      'DTSTART:20260306T083000Z',
      'DTEND:20260306T090000Z',
      'PRIORITY:3',
      'TRANSP:TRANSPARENT',
      'SUMMARY:회의록 보내기\\; "오늘"\\, 꼭',
    ]),
  );
});

it('lets no text end its line or the calendar', () => {
  const text = todoCalendar([{ ...todo, title: 'a\r\nATTACH:http://x\r\n', description: todo.description }]);
  expect(text.match(/^END:VCALENDAR/gm)).toHaveLength(1);
  expect(text).not.toMatch(/^ATTACH/m);
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
});

it('gives the same text for the same todos', () => {
  expect(todoCalendar([todo])).toBe(todoCalendar([todo]));
});
