import { type MeetingAccess, type People, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import { DEFAULT_REMIND_BEFORE } from '../domain/reminders.ts';
import type { Todo } from '../entities/todo.entity.ts';
import { createTodoInput } from './todo-input.ts';
import { writeTodo } from './write-todo.ts';

/**
 * Writes a todo down whose creator is the viewer.
 * @throws AppError `BAD_INPUT`, also for an assignee who is no user of the workspace; `NOT_FOUND` for a meeting the
 * viewer may not see, `FORBIDDEN` for one that is only shared with it, and for a GUEST without a meeting.
 */
export function createCreateTodo(deps: {
  readonly transact: Transact;
  readonly access: MeetingAccess;
  readonly people: People;
  readonly clock: () => Date;
}): (viewer: UserViewer, input: unknown) => Promise<Todo> {
  return async (viewer, input) => {
    const { title, description, assigneeId, meetingId, dueAt, priority, remindBefore } = decodeInput(
      createTodoInput,
      input,
    );
    if (meetingId != null) await deps.access.requireToChange(viewer, meetingId, 'PARTICIPATE');
    else if (viewer.role === 'GUEST') throw guestsWriteInMeetings();
    if (assigneeId != null) await deps.people.requireUsers(viewer.workspaceId, [assigneeId], ['assigneeId']);
    const todo = await deps.transact(async (tx) => {
      if (meetingId != null) await requireStanding(tx, meetingId, ['meetingId']);
      return await writeTodo(tx, {
        workspaceId: viewer.workspaceId,
        createdById: viewer.userId,
        createdAt: deps.clock(),
        title,
        description: description ?? null,
        assigneeId: assigneeId ?? null,
        meetingId: meetingId ?? null,
        dueAt: dueAt ?? null,
        priority: priority ?? 'NORMAL',
        remindBefore: remindBefore ?? DEFAULT_REMIND_BEFORE,
      });
    });
    // Only a todo with a source can be there already.
    if (todo === null) throw new AppError('INTERNAL', 'A todo without a source was not stored.');
    return todo;
  };
}

function guestsWriteInMeetings(): AppError {
  const message = 'A guest writes todos only in a meeting that they take part in; give its meetingId.';
  return new AppError('FORBIDDEN', message, { logLevel: 'debug', extensions: { path: ['meetingId'] } });
}
