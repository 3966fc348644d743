import type { TodoStatus } from './todo-status.ts';

/** How far the todos of a meeting are. */
export type ProgressState = 'NOT_STARTED' | 'IN_PROGRESS' | 'COMPLETED';

/** A meeting as the gateway hands it over; `closed` is there when a field requires it. */
export interface MeetingReference {
  readonly __typename?: string;
  readonly id: string;
  readonly closed?: boolean;
}

/** How many todos of a meeting there are in each state, and how many are late. */
export interface TodoTally {
  readonly byStatus: Readonly<Record<TodoStatus, number>>;
  readonly overdue: number;
}

/** The progress of a meeting; canceled todos count in none of the numbers. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly overdue: number;
  /** 0 to 100. */
  readonly percent: number;
  readonly state: ProgressState;
}

/** What is told of a meeting without todos. */
export const NO_TODOS: TodoTally = {
  byStatus: { OPEN: 0, IN_PROGRESS: 0, BLOCKED: 0, DONE: 0, CANCELED: 0 },
  overdue: 0,
};

/** Progress from a tally; COMPLETED only when the meeting is closed and nothing is left to do. */
export function progressOf({ byStatus, overdue }: TodoTally, closed: boolean): Progress {
  const left = byStatus.OPEN + byStatus.IN_PROGRESS + byStatus.BLOCKED;
  const done = byStatus.DONE;
  const total = left + done;
  const completed = closed && left === 0 && done + byStatus.CANCELED > 0;
  const begun = total > byStatus.OPEN;
  return {
    total,
    done,
    overdue,
    percent: total === 0 ? 0 : (100 * done) / total,
    state: completed ? 'COMPLETED' : begun ? 'IN_PROGRESS' : 'NOT_STARTED',
  };
}
