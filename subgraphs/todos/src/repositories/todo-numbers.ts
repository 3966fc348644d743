import type { EntityManager } from 'typeorm';
import type { TodoStatus } from '../domain/todo-status.ts';
import type { TodoNumbers } from './todo-families.ts';

const NUMBERS = `
  SELECT meeting_id AS "meetingId", status, count(*)::int AS count,
    coalesce(array_agg(due_at) FILTER (WHERE due_at IS NOT NULL AND status NOT IN ('DONE', 'CANCELED')), '{}') AS due
  FROM todo WHERE workspace_id = $1 AND meeting_id = ANY($2) GROUP BY meeting_id, status`;

interface NumbersRow {
  readonly meetingId: string;
  readonly status: TodoStatus;
  readonly count: number;
  readonly due: readonly Date[];
}

/** Numbers of all todos of meetings, whoever may see them; also of meetings without any. */
export async function findNumbers(
  tx: EntityManager,
  workspaceId: string,
  meetingIds: readonly string[],
): Promise<Map<string, TodoNumbers>> {
  const rows: NumbersRow[] = await tx.query(NUMBERS, [workspaceId, [...meetingIds]]);
  const byMeeting = Map.groupBy(rows, ({ meetingId }) => meetingId);
  return new Map(
    meetingIds.map((id) => {
      const own = byMeeting.get(id) ?? [];
      const byStatus = own.map(({ status, count }) => ({ status, count }));
      return [id, { byStatus, due: own.flatMap(({ due }) => due) }];
    }),
  );
}
