import { mayChangeMeeting, type MeetingAccess, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { decodeInput, languageTagInput, type UserError } from '@hoerok/shared/graphql';
import { type SagaDefinition, startSaga } from '@hoerok/shared/sagas';
import type { Quota } from '@hoerok/shared/quotas';
import { findTaskByKey, type TaskRow } from '@hoerok/shared/tasks';
import { z } from 'zod';
import type { BulkOrder } from '../sagas/bulk-minutes.ts';
import { clientMutationId, writerName } from './analyze-transcript.ts';
import type { MinutesWriters } from './minutes-writer.ts';
import type { NewestTranscripts } from './newest-transcripts.ts';
import { chooseWriter } from './write-with-fallback.ts';

const MAX_MEETINGS = 100;

const bulkInput = z.object({
  meetingIds: z
    .array(z.string())
    .min(1, 'names no meeting')
    .max(MAX_MEETINGS, `takes at most ${MAX_MEETINGS}`)
    .superRefine((ids, context) => {
      const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
      if (twice !== -1)
        context.addIssue({ code: 'custom', path: [twice], message: 'names a meeting a second time' });
    }),
  language: languageTagInput.nullish(),
  provider: writerName,
  clientMutationId,
});

/** What {@link createAnalyzeMeetings} needs. */
export interface AnalyzeMeetingsDeps {
  readonly service: string;
  readonly transact: Transact;
  readonly access: MeetingAccess;
  readonly newestTranscripts: NewestTranscripts;
  readonly bulkMinutes: SagaDefinition<BulkOrder>;
  readonly quota: Quota;
  readonly writers: MinutesWriters;
}

/** The task that was accepted, or every meeting that stands in its way. */
export interface AcceptedBulk {
  readonly task: TaskRow | null;
  readonly refused: readonly UserError[];
}

/**
 * Orders minutes of the newest transcript of each meeting, all of them or none. Idempotent by `clientMutationId`.
 * @throws AppError `BAD_INPUT`, `LLM_NOT_CONFIGURED`, `QUEUE_FULL` when too many such orders are unfinished, or `QUOTA_EXCEEDED`: each meeting
 * counts.
 */
export function createAnalyzeMeetings(
  deps: AnalyzeMeetingsDeps,
): (viewer: UserViewer, input: unknown) => Promise<AcceptedBulk> {
  return async (viewer, input) => {
    const order = decodeInput(bulkInput, input);
    const provider = order.provider ?? null;
    if (provider !== null) chooseWriter(deps.writers, provider);
    const { workspaceId, userId } = viewer;
    const seen = await deps.access.visible(viewer, order.meetingIds);
    const isOurs = (id: string): boolean => {
      const meeting = seen.get(id);
      return meeting !== undefined && mayChangeMeeting(viewer, meeting, { right: 'PARTICIPATE' });
    };
    const transcripts = await deps.newestTranscripts(workspaceId, [...seen.keys()].filter(isOurs));
    const refused = order.meetingIds.flatMap((id, index) => {
      if (transcripts.has(id)) return [];
      return [refusal(!seen.has(id) ? 'NOT_FOUND' : isOurs(id) ? 'WRONG_STATE' : 'FORBIDDEN', index)];
    });
    if (refused.length > 0) return { task: null, refused };
    const meetings = [...transcripts].map(([meetingId, transcriptId]) => ({ meetingId, transcriptId }));
    const task = await deps.transact(async (tx) => {
      // Always in the same order: two that hold the same meetings do not wait for one another.
      for (const id of order.meetingIds.toSorted())
        await requireStanding(tx, id, ['meetingIds', String(order.meetingIds.indexOf(id))]);
      const asked = {
        workspaceId,
        ...(order.clientMutationId == null
          ? {}
          : { idempotencyKey: `client:${userId}:${order.clientMutationId}` }),
      };
      const known = await findTaskByKey(tx, deps.bulkMinutes.kind, asked);
      const started = await startSaga(tx, deps.bulkMinutes, {
        service: deps.service,
        ...asked,
        payload: { language: order.language ?? null, provider, meetings },
        requestedBy: userId,
        meetingId: null,
      });
      if (known === undefined) await deps.quota.take(tx, workspaceId, meetings.length);
      return started;
    });
    return { task, refused };
  };
}

const REFUSALS = {
  NOT_FOUND: 'There is no such meeting, or you do not take part in it.',
  FORBIDDEN: 'The meeting is shared with you, but not for this.',
  WRONG_STATE: 'This meeting has no transcript yet.',
} as const;

function refusal(code: keyof typeof REFUSALS, index: number): UserError {
  return { code, message: REFUSALS[code], path: ['meetingIds', String(index)] };
}
