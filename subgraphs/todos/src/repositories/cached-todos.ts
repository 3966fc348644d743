import { createHash } from 'node:crypto';
import type { MeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import { type Cache, createGroupedReads, type GroupedFamily, tenantKey } from '@hoerok/shared/cache';
import type { EntityManager } from 'typeorm';
import { NO_TODOS, type TodoTally } from '../domain/progress.ts';
import type { Todo } from '../entities/todo.entity.ts';
import { TODO_COUNTS, TODO_NUMBERS, TODO_PAGES, type TodoNumbers, TODOS_BY_SOURCE } from './todo-families.ts';
import { findNumbers } from './todo-numbers.ts';
import { todoRepository } from './todo-repository.ts';
import { type TodoFilter, type VisibleTodos, visibleTodos } from './visible-todos.ts';

/** What reading todos through the cache needs. */
export interface CachedTodosDeps {
  readonly cache: Cache;
  readonly access: MeetingAccess;
  readonly manager: EntityManager;
}

/**
 * The same answers as {@link visibleTodos} gives, through the cache where everybody is answered alike: all who see a meeting
 * see the same todos of it. Whoever sees only some of them, because they are theirs, is answered by the database, as are
 * the lists of persons and of the workspace.
 */
export function cachedTodos(deps: CachedTodosDeps, viewer: Viewer, now: Date): VisibleTodos {
  const { access, manager } = deps;
  const { workspaceId } = viewer;
  const own = visibleTodos(manager, viewer, now);
  const everybodys = visibleTodos(
    manager,
    { kind: 'service', service: 'todos', workspaceId, onBehalfOf: null },
    now,
  );
  const ofMeetings = createMeetingReads(deps.cache, workspaceId);
  const seenOf = async (ids: readonly string[]): Promise<{ seen: string[]; others: string[] }> => {
    const meetings = await access.visible(viewer, ids);
    return { seen: ids.filter((id) => meetings.has(id)), others: ids.filter((id) => !meetings.has(id)) };
  };
  return {
    ...own,
    ofSources: (sourceIds) => readBySource(deps, { viewer, own }, sourceIds),
    list: async (owner, ids, wanted) => {
      if (owner !== 'meeting' || !isTimeless(wanted.filter)) return await own.list(owner, ids, wanted);
      const { seen, others } = await seenOf(ids);
      const [pages, rest] = await Promise.all([
        ofMeetings(TODO_PAGES, { ids: seen, part: wanted }, async (meetingIds) => {
          const rows = await everybodys.list('meeting', meetingIds, wanted);
          return filled(
            meetingIds,
            Map.groupBy(rows, ({ meetingId }) => meetingId ?? ''),
            [],
          );
        }),
        others.length === 0 ? [] : own.list(owner, others, wanted),
      ]);
      return [...[...pages.values()].flat(), ...rest];
    },
    count: async (owner, ids, filter) => {
      if (owner !== 'meeting' || !isTimeless(filter)) return await own.count(owner, ids, filter);
      const { seen, others } = await seenOf(ids);
      const counts = await ofMeetings(TODO_COUNTS, { ids: seen, part: filter }, async (meetingIds) =>
        filled(meetingIds, await everybodys.count('meeting', meetingIds, filter), 0),
      );
      const rest = others.length === 0 ? [] : await own.count(owner, others, filter);
      return new Map([...counts, ...rest]);
    },
    tally: async (meetingIds) => {
      const { seen, others } = await seenOf(meetingIds);
      const numbers = await ofMeetings(TODO_NUMBERS, { ids: seen, part: {} }, (ids) =>
        findNumbers(manager, workspaceId, ids),
      );
      const rest = others.length === 0 ? [] : await own.tally(others);
      return new Map([...[...numbers].map(([id, one]) => [id, tallyAt(one, now)] as const), ...rest]);
    },
  };
}

async function readBySource(
  { cache, access, manager }: CachedTodosDeps,
  by: { readonly viewer: Viewer; readonly own: VisibleTodos },
  sourceIds: readonly string[],
): Promise<Todo[]> {
  const { workspaceId } = by.viewer;
  const idOf = new Map(sourceIds.map((id) => [tenantKey(workspaceId, id), id]));
  const found = await cache.readThrough(TODOS_BY_SOURCE, [...idOf.keys()], async (missing) => {
    const ids = missing.flatMap((key) => idOf.get(key) ?? []);
    const rows = await todoRepository(manager, workspaceId).findBySources(ids);
    const todos = new Map(rows.map((todo) => [todo.sourceId, todo]));
    return new Map(missing.map((key) => [key, todos.get(idOf.get(key) ?? '') ?? null]));
  });
  const todos = [...found.values()].filter((todo) => todo !== null);
  const meetings = await access.visible(
    by.viewer,
    todos.flatMap(({ meetingId }) => meetingId ?? []),
  );
  const { seen = [], others = [] } = Object.groupBy(todos, ({ meetingId }) =>
    meetings.has(meetingId ?? '') ? 'seen' : 'others',
  );
  const rest =
    others.length === 0 ? [] : await by.own.ofSources(others.flatMap(({ sourceId }) => sourceId ?? []));
  return [...seen, ...rest];
}

type MeetingReads = <T>(
  family: GroupedFamily<T>,
  wanted: { readonly ids: readonly string[]; readonly part: object },
  load: (meetingIds: readonly string[]) => Promise<ReadonlyMap<string, T>>,
) => Promise<ReadonlyMap<string, T>>;

/** Reads by ids of meetings: what the cache knows by group. */
function createMeetingReads(cache: Cache, workspaceId: string): MeetingReads {
  const grouped = createGroupedReads(cache);
  return async (family, { ids, part }, load) => {
    const groups = new Map(ids.map((id) => [id, tenantKey(workspaceId, id)]));
    const name = createHash('sha256').update(JSON.stringify(part)).digest('base64url').slice(0, 16);
    return await grouped.read(family, { groups, part: name }, load);
  };
}

/** False for what changes with the clock, and for a search: hardly anybody asks the same again. */
function isTimeless({ overdue, search }: TodoFilter): boolean {
  return overdue === undefined && search === undefined;
}

/** An owner without anything has nothing, which is worth remembering too. */
function filled<T>(ids: readonly string[], found: ReadonlyMap<string, T>, nothing: T): Map<string, T> {
  return new Map(ids.map((id) => [id, found.get(id) ?? nothing]));
}

function tallyAt({ byStatus, due }: TodoNumbers, now: Date): TodoTally {
  const counts = Object.fromEntries(byStatus.map(({ status, count }) => [status, count]));
  return { byStatus: { ...NO_TODOS.byStatus, ...counts }, overdue: due.filter((at) => at < now).length };
}
