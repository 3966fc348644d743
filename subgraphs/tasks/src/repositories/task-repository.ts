import { seesWholeWorkspace, type Viewer } from '@hoerok/shared/auth';
import type { TaskKind, TaskStatus } from '@hoerok/shared/contracts';
import type { Page } from '@hoerok/shared/graphql';
import { type EntityManager, In, type SelectQueryBuilder } from 'typeorm';
import { maySee } from '../domain/task.ts';
import { type Task, TaskSchema } from '../entities/task.entity.ts';

/** Which tasks to list; all conditions hold. */
export interface TaskFilter {
  readonly status?: readonly TaskStatus[] | undefined;
  readonly kind?: readonly TaskKind[] | undefined;
  readonly meetingId?: string | undefined;
}

/** A page of rows, one more than asked for when there is a next page, and the count of all. */
export interface TaskPage {
  readonly rows: readonly Task[];
  readonly total: number;
}

/** Tasks of one workspace; nothing outside of it can be read or written through it. */
export interface TaskRepository {
  /** Those among the ids that the viewer may see. */
  readonly findVisible: (viewer: Viewer, ids: readonly string[]) => Promise<Task[]>;
  /** Locks the row until the transaction ends. */
  readonly findForUpdate: (id: string) => Promise<Task | null>;
  /** Newest first. */
  readonly list: (viewer: Viewer, filter: TaskFilter, page: Page) => Promise<TaskPage>;
  /** The same page of each meeting, in two queries for all of them; newest first. */
  readonly listByMeeting: (
    viewer: Viewer,
    meetingIds: readonly string[],
    page: Page,
  ) => Promise<ReadonlyMap<string, TaskPage>>;
  /** Stores the task unless one of the same or a higher revision is there. */
  readonly keepNewest: (task: Task) => Promise<void>;
}

/** Binds the queries to a transaction (or the manager) and a workspace. */
export function taskRepository(tx: EntityManager, workspaceId: string): TaskRepository {
  const visibleTo = (viewer: Viewer): SelectQueryBuilder<Task> => {
    const query = tx.createQueryBuilder(TaskSchema, 't').where({ workspaceId });
    if (viewer.kind === 'service' || seesWholeWorkspace(viewer)) return query;
    const person = '(t.requestedById = :viewerId OR :viewerId = ANY(t.watchers))';
    return query.andWhere(person, { viewerId: viewer.userId });
  };
  return {
    findVisible: async (viewer, ids) => {
      const tasks = await tx.findBy(TaskSchema, { workspaceId, id: In([...ids]) });
      return tasks.filter((task) => maySee(viewer, task));
    },
    findForUpdate: (id) =>
      tx.findOne(TaskSchema, { where: { id, workspaceId }, lock: { mode: 'pessimistic_write' } }),
    list: async (viewer, filter, page) => {
      const query = restrict(visibleTo(viewer), filter);
      const total = await query.getCount();
      const rows = await after(query, page)
        .orderBy({ 't.createdAt': 'DESC', 't.id': 'DESC' })
        .take(page.limit + 1)
        .getMany();
      return { rows, total };
    },
    listByMeeting: async (viewer, meetingIds, page) => {
      const query = visibleTo(viewer).andWhere('t.meetingId IN (:...meetingIds)', { meetingIds });
      const totals = await countByMeeting(query.clone());
      const place = 'row_number() OVER (PARTITION BY t.meeting_id ORDER BY t.created_at DESC, t.id DESC)';
      const ranked = after(query.clone(), page).select('t.id', 'id').addSelect(place, 'place');
      const rows = await tx
        .createQueryBuilder(TaskSchema, 't')
        .where(`t.id IN (SELECT r.id FROM (${ranked.getQuery()}) r WHERE r.place <= :most)`)
        .setParameters({ ...ranked.getParameters(), most: page.limit + 1 })
        .orderBy({ 't.createdAt': 'DESC', 't.id': 'DESC' })
        .getMany();
      const groups = Map.groupBy(rows, ({ meetingId }) => meetingId);
      return new Map([...totals].map(([id, total]) => [id, { rows: groups.get(id) ?? [], total }]));
    },
    keepNewest: async (task) => {
      await tx
        .createQueryBuilder()
        .insert()
        .into(TaskSchema)
        .values(task)
        .orUpdate(REPLACED, ['id'], {
          overwriteCondition: { where: 'task_view.revision < excluded.revision' },
        })
        .execute();
    },
  };
}

/** Columns that a newer snapshot replaces: all but the key and who owns it. */
const REPLACED = [
  'revision',
  'kind',
  'status',
  'priority',
  'progress',
  'stage',
  'attempt',
  'max_attempts',
  'created_at',
  'started_at',
  'finished_at',
  'next_attempt_at',
  'error',
  'requested_by_id',
  'meeting_id',
  'watchers',
];

function restrict(query: SelectQueryBuilder<Task>, filter: TaskFilter): SelectQueryBuilder<Task> {
  const { status, kind, meetingId } = filter;
  // An empty list of alternatives is met by nothing.
  if (status !== undefined) query.andWhere('t.status = ANY(:status)', { status });
  if (kind !== undefined) query.andWhere('t.kind = ANY(:kind)', { kind });
  if (meetingId !== undefined) query.andWhere('t.meetingId = :meetingId', { meetingId });
  return query;
}

function after(query: SelectQueryBuilder<Task>, page: Page): SelectQueryBuilder<Task> {
  if (page.after === undefined) return query;
  const [createdAt, id] = page.after;
  return query.andWhere('(t.createdAt, t.id) < (:createdAt::timestamptz, :id)', { createdAt, id });
}

async function countByMeeting(query: SelectQueryBuilder<Task>): Promise<Map<string, number>> {
  const rows = await query
    .select('t.meetingId', 'meetingId')
    .addSelect('count(*)::int', 'total')
    .groupBy('t.meetingId')
    .getRawMany<{ meetingId: string; total: number }>();
  return new Map(rows.map(({ meetingId, total }) => [meetingId, total]));
}
