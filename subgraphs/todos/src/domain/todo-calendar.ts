import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';
import type { Priority } from './todo-edit.ts';

/** What a calendar shows of a todo. */
export interface CalendarTodo {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  readonly dueAt: Date;
  readonly priority: Priority;
  readonly revision: number;
  readonly createdAt: Date;
}

const EVENT_MS = 30 * 60_000;
const MOST_CHARACTERS = 1_000;
/** RFC 5545, 3.8.1.9: 1 is the highest. */
const PRIORITY: Readonly<Record<Priority, number>> = { URGENT: 1, HIGH: 3, NORMAL: 5, LOW: 9 };

/**
 * Todos as an iCalendar document (RFC 5545): events of half an hour that end when the todo is due, for the calendars that
 * subscribe to addresses pass over VTODO. They leave their time free. The same todos give the same text, byte for byte.
 */
export function todoCalendar(todos: readonly CalendarTodo[]): string {
  const calendar = ical({
    name: 'Hoerok · 할 일 / Todos',
    prodId: { company: 'Hoerok', product: 'Todos' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 15 * 60,
  });
  for (const { id, title, description, dueAt, priority, revision, createdAt } of todos) {
    calendar.createEvent({
      id: `todo-${id}@hoerok`,
      sequence: revision - 1,
      stamp: createdAt,
      start: new Date(dueAt.getTime() - EVENT_MS),
      end: dueAt,
      summary: title,
      description: description?.slice(0, MOST_CHARACTERS) ?? null,
      priority: PRIORITY[priority],
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  // Every line ends, the last one too (RFC 5545, 3.1).
  return `${calendar.toString()}\r\n`;
}
