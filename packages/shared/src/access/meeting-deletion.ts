import type { EntityManager } from 'typeorm';
import { onSettled } from '../database/index.ts';
import { AppError } from '../errors/index.ts';
import type { Messaging } from '../messaging/index.ts';
import { defineSagaParticipant, type SagaParticipant } from '../sagas/index.ts';
import {
  cancelSubject,
  queryTasks,
  requestCancel,
  restartTask,
  type TaskDefinition,
} from '../tasks/index.ts';
import { eraseMeeting, hideMeeting, type MeetingKey, meetingKey, showMeeting } from './meeting-erasure.ts';

/** The saga that deletes a meeting with everything derived from it, and what a service is asked in it. */
export const MEETING_DELETION = {
  saga: { kind: 'MEETING_DELETION', service: 'meetings' },
  /** Stop showing it; undone by showing it again. */
  hide: 'hide-meeting',
  /** Delete it for good. */
  purge: 'purge-meeting',
} as const;

/** What one service does about a meeting that is deleted. Everything is idempotent. */
export interface MeetingEraser {
  /** Nobody sees anything of it; its tasks are cancelled. */
  readonly hide: (tx: EntityManager, meeting: MeetingKey) => Promise<void>;
  /**
   * It is as it was, and its tasks run again.
   * @throws AppError `UNAVAILABLE` (retryable) while a task that was asked to stop has not let go.
   */
  readonly show: (tx: EntityManager, meeting: MeetingKey) => Promise<void>;
  /** Nothing of it is left but its id, which keeps it from coming back. */
  readonly purge: (tx: EntityManager, meeting: MeetingKey, actorId: string | null) => Promise<void>;
}

/** What {@link createMeetingEraser} needs. */
export interface MeetingEraserDeps {
  readonly service: string;
  readonly messaging: Messaging;
  /** Kinds of the service's tasks that work on a meeting. */
  readonly tasks: readonly TaskDefinition[];
  /** Deletes the service's own rows of the meeting; idempotent. */
  readonly deleteRows: (tx: EntityManager, meeting: MeetingKey) => Promise<void>;
}

/** Builds {@link MeetingEraser} for a service that keeps what belongs to meetings of another. */
export function createMeetingEraser(deps: MeetingEraserDeps): MeetingEraser {
  return {
    hide: async (tx, meeting) => {
      // Tasks before the meeting, in the order in which their effects lock both: neither waits for the other for ever.
      await cancelTasks(tx, deps, meeting);
      await hideMeeting(tx, meeting);
    },
    show: async (tx, meeting) => {
      const since = await showMeeting(tx, meeting);
      if (since !== null) await resumeTasks(tx, deps, { ...meeting, since });
    },
    purge: async (tx, meeting) => {
      await cancelTasks(tx, deps, meeting);
      await eraseMeeting(tx, meeting);
      // What a provider made of the meeting must not outlive it in a checkpoint.
      await tx.query('DELETE FROM task_step s USING task t WHERE t.id = s.task_id AND t.meeting_id = $1', [
        meeting.meetingId,
      ]);
      await deps.deleteRows(tx, meeting);
    },
  };
}

/** How a service takes part in the deletion of meetings; list them in its `sagaParticipants`. */
export function meetingDeletionParticipants({
  hide,
  show,
  purge,
}: MeetingEraser): SagaParticipant<MeetingKey>[] {
  const { saga } = MEETING_DELETION;
  type Work = MeetingEraser[keyof MeetingEraser];
  const effectsOf =
    (work: Work): NonNullable<SagaParticipant<MeetingKey>['run']> =>
    async ({ payload, requestedBy }) => {
      return async (tx) => {
        await work(tx, payload, requestedBy);
        return {};
      };
    };
  return [
    defineSagaParticipant({
      saga,
      step: MEETING_DELETION.hide,
      input: meetingKey,
      run: effectsOf(hide),
      undo: effectsOf(show),
    }),
    defineSagaParticipant({ saga, step: MEETING_DELETION.purge, input: meetingKey, run: effectsOf(purge) }),
  ];
}

/** Cancels what has not ended: waiting tasks at once, running ones are asked to stop. */
async function cancelTasks(
  tx: EntityManager,
  { service, messaging, tasks }: MeetingEraserDeps,
  { workspaceId, meetingId }: MeetingKey,
): Promise<void> {
  const unfinished = await queryTasks(
    tx,
    `SELECT * FROM task WHERE workspace_id = $1 AND meeting_id = $2 AND kind = ANY($3)
       AND state IN ('PENDING', 'RETRYING', 'PROCESSING') ORDER BY id`,
    [workspaceId, meetingId, tasks.map(({ kind }) => kind)],
  );
  for (const { id } of unfinished) {
    const outcome = await requestCancel(tx, service, { id, workspaceId });
    if (outcome !== 'running') continue;
    onSettled(tx, (committed) => {
      if (committed) messaging.connection.publish(cancelSubject(messaging.namespace, service, id));
    });
  }
}

/** Starts again what was cancelled, or failed for want of its meeting, since the meeting was hidden. */
async function resumeTasks(
  tx: EntityManager,
  { service, tasks }: MeetingEraserDeps,
  { workspaceId, meetingId, since }: MeetingKey & { readonly since: Date },
): Promise<void> {
  const stopped = await queryTasks(
    tx,
    `SELECT * FROM task WHERE workspace_id = $1 AND meeting_id = $2 AND kind = ANY($3)
       AND (state IN ('CANCELLED', 'FAILED') AND finished_at >= $4 OR state = 'PROCESSING' AND cancel_requested)
     ORDER BY id`,
    [workspaceId, meetingId, tasks.map(({ kind }) => kind), since],
  );
  if (stopped.some(({ state }) => state === 'PROCESSING'))
    throw new AppError('UNAVAILABLE', 'A task of the meeting has not let go yet.', { retryable: true });
  for (const { id, kind } of stopped) {
    // The saga that it was a step of has counted its end already.
    await tx.query('UPDATE task SET saga_step = NULL WHERE id = $1', [id]);
    const deadlineMs = tasks.find((task) => task.kind === kind)?.policy.deadlineMs ?? 0;
    await restartTask(tx, service, { id, workspaceId, deadlineMs });
  }
}
