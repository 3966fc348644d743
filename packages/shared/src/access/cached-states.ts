import type { EntityManager } from 'typeorm';
import { type Cache, type CacheFamily, markStale, type NamedFamily, tenantKey } from '../cache/index.ts';
import { type MeetingState, meetingState } from '../contracts/index.ts';
import { statisticsChanged } from '../statistics/index.ts';

/** What a service remembers of meetings that are not hidden; who may see one is decided when it is read. */
const MEETING_STATES: CacheFamily<MeetingState> = {
  name: 'meeting-state.v1',
  ttlSeconds: 60 * 60,
  schema: meetingState,
};

/**
 * A group (see `createGroupedReads`) for what a service caches of a meeting, by {@link tenantKey}: it is old as soon as
 * the service hears something of the meeting, or hides or shows it.
 */
export const MEETING_THINGS: NamedFamily = { name: 'meeting-things.v1' };

/** For whoever writes what a service remembers of a meeting, or hides or shows it. */
export function meetingStateChanged(tx: EntityManager, workspaceId: string, id: string): void {
  markStale(tx, MEETING_STATES, [tenantKey(workspaceId, id)]);
  markStale(tx, MEETING_THINGS, [tenantKey(workspaceId, id)]);
  statisticsChanged(tx, workspaceId);
}

/** Drops a state that was written in a transaction which is not one of `transact`'s. */
export async function dropMeetingState(
  cache: Cache | undefined,
  workspaceId: string,
  id: string,
): Promise<void> {
  const ids = [tenantKey(workspaceId, id)];
  await Promise.all([cache?.invalidate(MEETING_STATES, ids), cache?.invalidate(MEETING_THINGS, ids)]);
}

/** States by id, from the cache or by `load`. */
export async function readMeetingStates(
  cache: Cache | undefined,
  { workspaceId, ids }: { readonly workspaceId: string; readonly ids: readonly string[] },
  load: (ids: readonly string[]) => Promise<Map<string, MeetingState>>,
): Promise<Map<string, MeetingState>> {
  if (cache === undefined) return await load(ids);
  const idOf = new Map(ids.map((id) => [tenantKey(workspaceId, id), id]));
  const found = await cache.readThrough(MEETING_STATES, [...idOf.keys()], async (missing) => {
    const loaded = await load(missing.flatMap((key) => idOf.get(key) ?? []));
    return new Map([...loaded].map(([id, state]) => [tenantKey(workspaceId, id), state]));
  });
  return new Map([...found].map(([key, state]) => [idOf.get(key) ?? '', state]));
}
