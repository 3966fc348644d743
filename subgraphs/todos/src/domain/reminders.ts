const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A todo that is late is told of once a day for so long. */
const LATE_DAYS = 7;

export const DEFAULT_REMIND_BEFORE: readonly number[] = [24];
export const MOST_REMINDERS = 5;
/** Thirty days. */
export const LONGEST_REMIND_BEFORE_HOURS = 720;

/** When a todo is due, and how many hours before its assignee wants to hear of it. */
export interface ReminderPlan {
  readonly dueAt: Date | null;
  readonly remindBefore: readonly number[];
}

/** The first reminder of a plan that is new, be it past: what is late already is told of once. */
export function firstReminder(plan: ReminderPlan): Date | null {
  return remindersOf(plan)[0] ?? null;
}

/** The next reminder of a plan whose earlier ones were told, or passed unheard: they are not told any more. */
export function reminderAfter(plan: ReminderPlan, now: Date): Date | null {
  return remindersOf(plan).find((at) => at > now) ?? null;
}

function remindersOf({ dueAt, remindBefore }: ReminderPlan): Date[] {
  if (dueAt === null) return [];
  const before = remindBefore.map((hours) => dueAt.getTime() - hours * HOUR_MS);
  const late = Array.from({ length: LATE_DAYS }, (_, day) => dueAt.getTime() + (day + 1) * DAY_MS);
  return [...before, ...late].toSorted((a, b) => a - b).map((at) => new Date(at));
}

/** Each number of hours once, the longest first. */
export function tidyRemindBefore(hours: readonly number[]): number[] {
  return [...new Set(hours)].toSorted((a, b) => b - a);
}
