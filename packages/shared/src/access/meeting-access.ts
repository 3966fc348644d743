import type { DataSource, EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { seesWholeWorkspace, type Viewer } from '../auth/index.ts';
import { MEETING_EVENTS, meetingDeleted, type MeetingState, meetingState } from '../contracts/index.ts';
import { AppError } from '../errors/index.ts';
import { type EventSubscription, onEvent } from '../events/index.ts';
import type { GatewayClient } from '../graphql/index.ts';
import type { Cache } from '../cache/index.ts';
import { askForMeeting } from './ask-for-meeting.ts';
import { dropMeetingState, meetingStateChanged, readMeetingStates } from './cached-states.ts';
import { type MeetingRight, maySeeMeeting, requireRight, seesMeetingSql } from './meeting-rights.ts';
import { eraseMeeting, erasureBegunAmong, hiddenMeetingSql, holdMeeting } from './meeting-erasure.ts';

/**
 * The table behind {@link createMeetingAccess}: what a service remembers of meetings it does not own, kept by their
 * events. A service that needs it lists this migration in its data source.
 */
export class CreateMeetingAccess1700000000001 implements MigrationInterface {
  readonly name = 'CreateMeetingAccess1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE meeting_access (
        meeting_id text PRIMARY KEY,
        workspace_id text NOT NULL,
        revision integer NOT NULL,
        state jsonb NOT NULL
      );
      CREATE INDEX meeting_access_workspace ON meeting_access (workspace_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup to go back.');
  }
}

/** Says who may see which meeting, in services that do not own meetings. Nobody sees one whose deletion has begun. */
export interface MeetingAccess {
  /** The meetings among `ids` that the viewer may see, by id. */
  readonly visible: (viewer: Viewer, ids: readonly string[]) => Promise<ReadonlyMap<string, MeetingState>>;
  /**
   * One meeting that the viewer may see.
   * @throws AppError `NOT_FOUND`, the same for a meeting that is not there, hidden, or in another workspace.
   */
  readonly require: (viewer: Viewer, id: string) => Promise<MeetingState>;
  /**
   * One meeting whose things the viewer may change; for mutations.
   * @throws AppError `NOT_FOUND` as {@link MeetingAccess.require}; `FORBIDDEN` for who may see it and lacks the right.
   */
  readonly requireToChange: (viewer: Viewer, id: string, right: MeetingRight) => Promise<MeetingState>;
  /** Ids of all meetings the viewer may see that this service has heard of; null stands for all of the workspace. */
  readonly idsSeenBy: (viewer: Viewer) => Promise<readonly string[] | null>;
}

/**
 * SQL for "this user takes part in the meeting, or it is shared with them", for queries that list rows of many meetings at
 * once; `column` holds the meeting's id and `user` is a parameter such as `:viewer`. Only meetings this service has heard of
 * count, and none that is hidden.
 */
export function takesPartSql(column: string, user: string): string {
  // In one line with a space behind the column: TypeORM recognizes a property path by what stands around it.
  const shown = `NOT ${hiddenMeetingSql('a.meeting_id')}`;
  return `EXISTS (SELECT 1 FROM meeting_access a WHERE a.meeting_id = ${column} AND ${seesMeetingSql('a.state', user)} AND ${shown})`;
}

/**
 * A meeting as its events told it, for an event handler that needs it; reads through the handler's transaction.
 * @throws AppError `UNAVAILABLE` (retryable) when its first event is still on its way: streams have no common order.
 */
export async function requireToldMeeting(
  tx: EntityManager,
  workspaceId: string,
  id: string,
): Promise<MeetingState> {
  const meeting = (await remembered(tx, workspaceId, [id])).get(id);
  if (meeting !== undefined) return meeting;
  throw new AppError('UNAVAILABLE', `The meeting ${id} has not been heard of yet.`, { retryable: true });
}

/** Builds the access rules over the projected table; a meeting not heard of yet is asked for through the gateway. */
export function createMeetingAccess(deps: {
  readonly dataSource: DataSource;
  readonly gateway: GatewayClient;
  /** @default what a service remembers is read from its database every time */
  readonly cache?: Cache;
}): MeetingAccess {
  const visible: MeetingAccess['visible'] = async (viewer, ids) => {
    if (ids.length === 0) return new Map();
    const { manager } = deps.dataSource;
    const { workspaceId } = viewer;
    const known = await readMeetingStates(deps.cache, { workspaceId, ids }, (wanted) =>
      remembered(manager, workspaceId, wanted, SHOWN),
    );
    const missing = ids.filter((id) => !known.has(id));
    // The event of a meeting that was created a moment ago may still be on its way.
    for (const state of await askForNew(deps, workspaceId, missing)) {
      const shown = await manager.transaction((tx) => remember(tx, workspaceId, state));
      await dropMeetingState(deps.cache, workspaceId, state.id);
      if (shown) known.set(state.id, state);
    }
    return new Map([...known].filter(([, state]) => maySeeMeeting(viewer, state)));
  };
  const require: MeetingAccess['require'] = async (viewer, id) => {
    const meeting = (await visible(viewer, [id])).get(id);
    if (meeting !== undefined) return meeting;
    throw new AppError('NOT_FOUND', 'There is no such meeting, or you do not take part in it.', {
      logLevel: 'debug',
      extensions: { path: ['meetingId'] },
    });
  };
  return {
    visible,
    require,
    requireToChange: async (viewer, id, right) => {
      const meeting = await require(viewer, id);
      requireRight(viewer, meeting, { right });
      return meeting;
    },
    idsSeenBy: async (viewer) => {
      if (viewer.kind === 'service' || seesWholeWorkspace(viewer)) return null;
      const rows: { meeting_id: string }[] = await deps.dataSource.query(
        `SELECT meeting_id FROM meeting_access a WHERE workspace_id = $1 AND ${SHOWN}
           AND ${seesMeetingSql('a.state', '$2')}`,
        [viewer.workspaceId, viewer.userId],
      );
      return rows.map((row) => row.meeting_id);
    },
  };
}

/**
 * Keeps the table up to date. Idempotent: an older revision never replaces a newer one, and what is erased stays so. A
 * service that rebuilds from the streams learns here of deletions that it was not asked to take part in.
 */
export const meetingAccessSubscription: EventSubscription = {
  purpose: 'meeting_access',
  handlers: [
    ...MEETING_EVENTS.map((contract) =>
      onEvent(contract, async (event, tx) => {
        // An event also says what has happened; of a meeting its state alone is kept.
        await remember(tx, event.workspaceId, meetingState.parse(event.payload));
      }),
    ),
    onEvent(meetingDeleted, ({ workspaceId, payload }, tx) =>
      eraseMeeting(tx, { workspaceId, meetingId: payload.id }),
    ),
  ],
};

const SHOWN = `NOT ${hiddenMeetingSql('a.meeting_id')}`;

async function remembered(
  tx: EntityManager,
  workspaceId: string,
  ids: readonly string[],
  which = 'true',
): Promise<Map<string, MeetingState>> {
  const rows: { state: MeetingState }[] = await tx.query(
    `SELECT state FROM meeting_access a WHERE workspace_id = $1 AND meeting_id = ANY($2) AND ${which}`,
    [workspaceId, [...ids]],
  );
  return new Map(rows.map(({ state }) => [state.id, state]));
}

/** Keeps nothing of a meeting that is erased; true when the meeting may be shown. */
async function remember(tx: EntityManager, workspaceId: string, state: MeetingState): Promise<boolean> {
  const standing = await holdMeeting(tx, state.id);
  if (standing === 'ERASED') return false;
  meetingStateChanged(tx, workspaceId, state.id);
  await tx.query(
    `INSERT INTO meeting_access (meeting_id, workspace_id, revision, state) VALUES ($1, $2, $3, $4)
     ON CONFLICT (meeting_id) DO UPDATE SET revision = excluded.revision, state = excluded.state
       WHERE excluded.revision > meeting_access.revision`,
    [state.id, workspaceId, state.revision, JSON.stringify(state)],
  );
  return standing === 'THERE';
}

/** Meetings that no event has told of; those whose deletion has begun are not asked for. */
async function askForNew(
  { dataSource, gateway }: { readonly dataSource: DataSource; readonly gateway: GatewayClient },
  workspaceId: string,
  ids: readonly string[],
): Promise<MeetingState[]> {
  if (ids.length === 0) return [];
  const begun = await erasureBegunAmong(dataSource.manager, ids);
  const wanted = ids.filter((id) => !begun.has(id));
  const asked = await Promise.all(wanted.map((id) => askForMeeting(gateway, workspaceId, id)));
  return asked.filter((state) => state !== null);
}
