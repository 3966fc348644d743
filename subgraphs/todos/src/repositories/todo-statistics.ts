import type { StatisticsSpan } from '@hoerok/shared/statistics';
import { type EntityManager } from 'typeorm';
import { TodoSchema } from '../entities/todo.entity.ts';
import { isHiddenSql, LATE } from './visible-todos.ts';

/** Todos of a span of time in numbers. */
export interface TodoStatistics {
  readonly created: number;
  readonly open: number;
  readonly done: number;
  readonly canceled: number;
  readonly overdue: number;
  readonly medianHoursToDone: number | null;
}

/** Counts the todos that were written down in a span, as they are at `now`. */
export async function countTodos(
  tx: EntityManager,
  { workspaceId, from, to }: StatisticsSpan,
  now: Date,
): Promise<TodoStatistics> {
  const hours = 'extract(epoch FROM t.completedAt - t.createdAt) / 3600';
  const counted = await tx
    .createQueryBuilder(TodoSchema, 't')
    .select('count(*)::int', 'created')
    .addSelect(`(count(*) FILTER (WHERE t.status NOT IN ('DONE', 'CANCELED')))::int`, 'open')
    .addSelect(`(count(*) FILTER (WHERE t.status = 'DONE'))::int`, 'done')
    .addSelect(`(count(*) FILTER (WHERE t.status = 'CANCELED'))::int`, 'canceled')
    .addSelect(`(count(*) FILTER (WHERE ${LATE}))::int`, 'overdue')
    .addSelect(
      `(percentile_cont(0.5) WITHIN GROUP (ORDER BY ${hours}) FILTER (WHERE t.status = 'DONE'))::float8`,
      'medianHoursToDone',
    )
    .where('t.workspaceId = :workspaceId AND t.createdAt >= :since AND t.createdAt < :before')
    .andWhere(`NOT ${isHiddenSql('t')}`)
    .setParameters({ workspaceId, since: from, before: to, now })
    .getRawOne<TodoStatistics>();
  return counted ?? { created: 0, open: 0, done: 0, canceled: 0, overdue: 0, medianHoursToDone: null };
}
