import { type MeetingAccess, requireRight, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { titleOf } from '../domain/title.ts';
import type { Todo } from '../entities/todo.entity.ts';
import { todoRepository } from '../repositories/todo-repository.ts';
import { type ActionItem, type ActionItems, noSuchActionItem } from './action-items.ts';
import { importTodosInput } from './todo-input.ts';
import { writeTodo } from './write-todo.ts';

/** What became of the action items: one todo each, in the order asked for. */
export interface ImportedTodos {
  readonly todos: readonly Todo[];
  /** How many were there before. */
  readonly skipped: number;
}

/**
 * Makes todos of action items; all or none. Idempotent: one that has a todo gives that todo.
 * @throws AppError `BAD_INPUT`; `NOT_FOUND` when one is not there or belongs to a meeting the viewer may not see; `FORBIDDEN`
 * when one is only shared with it.
 */
export function createImportActionItems(deps: {
  readonly transact: Transact;
  readonly access: MeetingAccess;
  readonly actionItems: ActionItems;
  readonly clock: () => Date;
}): (viewer: UserViewer, input: unknown) => Promise<ImportedTodos> {
  return async (viewer, input) => {
    const ids = [...new Set(decodeInput(importTodosInput, input).actionItemIds)];
    const items = await deps.actionItems.require(viewer, ids);
    const meetings = await deps.access.visible(viewer, [
      ...new Set([...items.values()].map(({ meetingId }) => meetingId)),
    ]);
    const hidden = [...items.values()].filter(({ meetingId }) => !meetings.has(meetingId));
    if (hidden.length > 0) throw noSuchActionItem(hidden.map(({ id }) => id));
    for (const meeting of meetings.values()) requireRight(viewer, meeting, { right: 'PARTICIPATE' });
    return await deps.transact(async (tx) => {
      for (const id of [...meetings.keys()].toSorted()) await requireStanding(tx, id, ['actionItemIds']);
      const created: string[] = [];
      // One after the other, always in the same order: two imports of the same items cannot block one another.
      for (const id of ids.toSorted()) {
        const item = items.get(id);
        if (item !== undefined && (await writeOne(tx, viewer, { item, at: deps.clock() }))) created.push(id);
      }
      const stored = await todoRepository(tx, viewer.workspaceId).findBySources(ids);
      const bySource = new Map(stored.map((todo) => [todo.sourceId, todo]));
      return {
        todos: ids.flatMap((id) => bySource.get(id) ?? []),
        skipped: ids.length - created.length,
      };
    });
  };
}

async function writeOne(
  tx: EntityManager,
  viewer: UserViewer,
  { item, at }: { readonly item: ActionItem; readonly at: Date },
): Promise<boolean> {
  const written = await writeTodo(tx, {
    ...titleOf(item.text),
    workspaceId: viewer.workspaceId,
    createdById: viewer.userId,
    createdAt: at,
    sourceId: item.id,
    assigneeId: item.assigneeId,
    meetingId: item.meetingId,
    dueAt: item.dueAt,
  });
  return written !== null;
}
