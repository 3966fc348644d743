import { hiddenMeetingSql, takesPartSql } from '@hoerok/shared/access';
import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import { type Connection, MAX_PAGE_SIZE, type Page } from '@hoerok/shared/graphql';
import { Brackets, type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { NO_TODOS, type TodoTally } from '../domain/progress.ts';
import type { Priority } from '../domain/todo-edit.ts';
import type { TodoStatus } from '../domain/todo-status.ts';
import { type TodoChange, TodoChangeSchema } from '../entities/todo-change.entity.ts';
import { type Todo, TodoSchema } from '../entities/todo.entity.ts';
import { behind, inOrder, orderSql, type TodoOrder } from './todo-order.ts';

/** Which todos to list; all conditions hold. */
export interface TodoFilter {
  readonly status?: readonly TodoStatus[] | undefined;
  readonly assigneeId?: string | undefined;
  readonly overdue?: boolean | undefined;
  readonly dueBefore?: Date | undefined;
  readonly meetingId?: string | undefined;
  readonly dueAfter?: Date | undefined;
  readonly hasDueDate?: true;
  readonly createdById?: string | undefined;
  readonly priority?: readonly Priority[] | undefined;
  /** The JSON of a parsed search. */
  readonly search?: string | undefined;
}

/** Whose lists are asked for: the whole workspace's, meetings' or assignees'. */
export type TodoOwner = 'workspace' | 'meeting' | 'assignee';

/** A page whose total is counted only when somebody asks for it. */
export type TodoPage = Omit<Connection<Todo>, 'totalCount'> & { readonly totalCount: () => Promise<number> };

/** Todos that one viewer may see, at one instant; each call is one query for any number of ids. */
export interface VisibleTodos {
  readonly find: (ids: readonly string[]) => Promise<Todo[]>;
  readonly ofSources: (sourceIds: readonly string[]) => Promise<Todo[]>;
  /** Up to `page.limit + 1` rows for each owner. */
  readonly list: (
    owner: TodoOwner,
    ids: readonly string[],
    wanted: { readonly filter: TodoFilter; readonly orderBy: TodoOrder; readonly page: Page },
  ) => Promise<Todo[]>;
  /** How many match, by owner; none for an owner that is absent. */
  readonly count: (
    owner: TodoOwner,
    ids: readonly string[],
    filter: TodoFilter,
  ) => Promise<ReadonlyMap<string, number>>;
  readonly tally: (meetingIds: readonly string[]) => Promise<ReadonlyMap<string, TodoTally>>;
  /** Newest first, at most {@link MAX_PAGE_SIZE} of each; the todos themselves have to be visible. */
  readonly history: (todoIds: readonly string[]) => Promise<TodoChange[]>;
}

const OWNER_COLUMN: Readonly<Record<TodoOwner, string>> = {
  workspace: 't.workspaceId',
  meeting: 't.meetingId',
  assignee: 't.assigneeId',
};

// An array and no join: PostgreSQL would make one table of the two again, whose policy keeps it from the index.
const FOUND = `SELECT w.id FROM todo_words w
  WHERE w.workspace_id = :scope AND w.search @@ (search_scope(:scope) && search_query(:terms::jsonb))`;

/** SQL for "this todo is late at `:now`". */
export const LATE = "t.dueAt < :now AND t.status NOT IN ('DONE', 'CANCELED')";

/** What a page of a history may show; somebody may change a todo as often as they like. */
const NEWEST_CHANGES = `SELECT n.todo_id, n.revision, n.field FROM unnest(:todoIds::text[]) o(id) CROSS JOIN LATERAL (
  SELECT todo_id, revision, field FROM todo_change WHERE todo_id = o.id
  ORDER BY revision DESC, field LIMIT ${MAX_PAGE_SIZE}) n`;

/** Binds the queries to a viewer and to the instant by which they tell what is overdue. */
export function visibleTodos(tx: EntityManager, viewer: Viewer, now: Date): VisibleTodos {
  const visible = (): SelectQueryBuilder<Todo> => restrict(tx.createQueryBuilder(TodoSchema, 't'), viewer);
  const owned = (owner: TodoOwner, ids: readonly string[], filter: TodoFilter): SelectQueryBuilder<Todo> =>
    matching(visible().andWhere(`${OWNER_COLUMN[owner]} IN (:...ids)`, { ids }), filter, { viewer, now });
  return {
    find: (ids) =>
      visible()
        .andWhere({ id: In([...ids]) })
        .getMany(),
    ofSources: (sourceIds) =>
      visible()
        .andWhere({ sourceId: In([...sourceIds]) })
        .getMany(),
    list: async (owner, ids, { filter, orderBy, page }) => {
      const query = owned(owner, ids, filter);
      if (page.after !== undefined) query.andWhere(...behind(orderBy, page.after));
      const rank = `row_number() OVER (PARTITION BY ${OWNER_COLUMN[owner]} ORDER BY ${orderSql(orderBy, 't')})`;
      query.select('t.id', 'id').addSelect(rank, 'place');
      const rows = tx
        .createQueryBuilder(TodoSchema, 'todo')
        .where(`todo.id IN (SELECT id FROM (${query.getQuery()}) ranked WHERE place <= :limit)`)
        .setParameters({ ...query.getParameters(), limit: page.limit + 1 });
      return await inOrder(rows, orderBy).getMany();
    },
    count: async (owner, ids, filter) => {
      const rows = await owned(owner, ids, filter)
        .select(OWNER_COLUMN[owner], 'owner')
        .addSelect('count(*)::int', 'count')
        .groupBy(OWNER_COLUMN[owner])
        .getRawMany<{ owner: string; count: number }>();
      return new Map(rows.map((row) => [row.owner, row.count]));
    },
    tally: async (meetingIds) => {
      const rows = await owned('meeting', meetingIds, {})
        .select('t.meetingId', 'meeting')
        .addSelect('t.status', 'status')
        .addSelect('count(*)::int', 'count')
        .addSelect(`(count(*) FILTER (WHERE ${LATE}))::int`, 'late')
        .setParameter('now', now)
        .groupBy('t.meetingId, t.status')
        .getRawMany<TallyRow>();
      return new Map(
        [...Map.groupBy(rows, ({ meeting }) => meeting)].map(([id, group]) => [id, tallyOf(group)]),
      );
    },
    history: (todoIds) =>
      tx
        .createQueryBuilder(TodoChangeSchema, 'c')
        .where(`(c.todo_id, c.revision, c.field) IN (${NEWEST_CHANGES})`, { todoIds: [...todoIds] })
        .orderBy({ 'c.revision': 'DESC', 'c.field': 'ASC' })
        .getMany(),
  };
}

interface TallyRow {
  readonly meeting: string;
  readonly status: TodoStatus;
  readonly count: number;
  readonly late: number;
}

function tallyOf(rows: readonly TallyRow[]): TodoTally {
  return rows.reduce<TodoTally>(
    (tally, { status, count, late }) => ({
      byStatus: { ...tally.byStatus, [status]: count },
      overdue: tally.overdue + late,
    }),
    NO_TODOS,
  );
}

/**
 * A todo is seen by those who take part in its meeting and by the two people it concerns. One that came out of a meeting
 * that is being deleted is seen by nobody.
 */
function restrict(query: SelectQueryBuilder<Todo>, viewer: Viewer): SelectQueryBuilder<Todo> {
  query.where({ workspaceId: viewer.workspaceId }).andWhere(`NOT ${isHiddenSql('t')}`);
  if (viewer.kind === 'service' || seesWholeWorkspace(viewer)) return query;
  return query.andWhere(
    new Brackets((either) => {
      either
        .where('t.assigneeId = :viewer')
        .orWhere('t.createdById = :viewer')
        .orWhere(takesPartSql('t.meetingId', ':viewer'));
    }),
    { viewer: viewer.userId },
  );
}

/** SQL for "this todo goes with a meeting that is being deleted"; who wrote one by hand keeps it. */
export function isHiddenSql(alias: string): string {
  return `(${alias}.sourceId IS NOT NULL AND ${hiddenMeetingSql(`${alias}.meetingId`)})`;
}

function matching(
  query: SelectQueryBuilder<Todo>,
  filter: TodoFilter,
  { viewer, now }: { readonly viewer: Viewer; readonly now: Date },
): SelectQueryBuilder<Todo> {
  const { status, assigneeId, overdue, dueBefore, dueAfter, meetingId, createdById, priority } = filter;
  if (status !== undefined) query.andWhere({ status: In([...status]) });
  if (assigneeId !== undefined) query.andWhere('t.assigneeId = :assigneeId', { assigneeId });
  if (meetingId !== undefined) query.andWhere('t.meetingId = :meetingId', { meetingId });
  if (dueBefore !== undefined) query.andWhere('t.dueAt < :dueBefore', { dueBefore });
  if (dueAfter !== undefined) query.andWhere('t.dueAt >= :dueAfter', { dueAfter });
  if (filter.hasDueDate === true) query.andWhere('t.dueAt IS NOT NULL');
  if (createdById !== undefined) query.andWhere('t.createdById = :createdById', { createdById });
  if (priority !== undefined) query.andWhere({ priority: In([...priority]) });
  if (filter.search !== undefined)
    query.andWhere(`t.id = ANY(ARRAY(${FOUND}))`, {
      terms: filter.search,
      scope: viewer.workspaceId,
    });
  // A todo without a due date is never late; its condition is null, not false.
  if (overdue !== undefined) query.andWhere(`coalesce(${LATE}, false) = :overdue`, { overdue, now });
  return query;
}
