import { type MeetingAccess, requireRight, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput, languageTagInput } from '@hoerok/shared/graphql';
import type { Quota } from '@hoerok/shared/quotas';
import { findTaskByKey, type TaskRow } from '@hoerok/shared/tasks';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { transcriptRefRepository } from '../repositories/transcript-ref-repository.ts';
import { type MinutesWriters, WRITER_NAMES } from './minutes-writer.ts';
import { MINUTES_KIND, type OrderMinutes } from './order-minutes.ts';
import type { TranscriptReader } from './transcript-reader.ts';
import { chooseWriter } from './write-with-fallback.ts';

/** What a client calls a request that it may repeat. */
export const clientMutationId = z.string().min(1).max(100).nullish();

/** Who is to write minutes. */
export const writerName = z.enum(WRITER_NAMES, `must be one of ${WRITER_NAMES.join(', ')}`).nullish();

const analyzeInput = z.object({
  transcriptId: z.string(),
  language: languageTagInput.nullish(),
  provider: writerName,
  clientMutationId,
});

/** What {@link createAnalyzeTranscript} needs. */
export interface AnalyzeTranscriptDeps {
  readonly transact: Transact;
  readonly manager: EntityManager;
  readonly access: MeetingAccess;
  readonly transcripts: TranscriptReader;
  readonly orderMinutes: OrderMinutes;
  readonly writers: MinutesWriters;
  readonly quota: Quota;
}

/**
 * Orders minutes of a transcript whose meeting the viewer takes part in, in the lane of those who wait. Idempotent by
 * `clientMutationId`.
 * @throws AppError `BAD_INPUT`, `LLM_NOT_CONFIGURED`, `NOT_FOUND`, `FORBIDDEN`, `QUEUE_FULL` or `QUOTA_EXCEEDED`.
 */
export function createAnalyzeTranscript(
  deps: AnalyzeTranscriptDeps,
): (viewer: UserViewer, input: unknown) => Promise<TaskRow> {
  return async (viewer, input) => {
    const { transcriptId, language, provider = null, ...wanted } = decodeInput(analyzeInput, input);
    if (provider !== null) chooseWriter(deps.writers, provider);
    const meeting = await requireMeeting(deps, viewer, transcriptId);
    return await deps.transact(async (tx) => {
      await requireStanding(tx, meeting.id, ['transcriptId']);
      const { workspaceId } = viewer;
      const idempotencyKey =
        wanted.clientMutationId == null ? null : `client:${viewer.userId}:${wanted.clientMutationId}`;
      const asked = { workspaceId, ...(idempotencyKey === null ? {} : { idempotencyKey }) };
      const known = await findTaskByKey(tx, MINUTES_KIND, asked);
      const task = await deps.orderMinutes(tx, {
        workspaceId,
        transcriptId,
        language: language ?? null,
        provider,
        meetingId: meeting.id,
        requestedBy: viewer.userId,
        watchers: meeting.participantUserIds,
        lane: 'high',
        idempotencyKey,
      });
      if (known === undefined) await deps.quota.take(tx, workspaceId);
      return task;
    });
  };
}

/**
 * The meeting of the transcript, when the viewer takes part in it; hidden is the same as missing.
 * @throws AppError `NOT_FOUND`, `FORBIDDEN` for who it is only shared with.
 */
export async function requireMeeting(
  { manager, access, transcripts }: Pick<AnalyzeTranscriptDeps, 'manager' | 'access' | 'transcripts'>,
  viewer: UserViewer,
  transcriptId: string,
): Promise<MeetingState> {
  const { workspaceId } = viewer;
  const [heard] = await transcriptRefRepository(manager, workspaceId).find([transcriptId]);
  // The event of a transcript that was imported a moment ago may still be on its way.
  const transcript = heard ?? (await transcripts.lookUp(workspaceId, transcriptId));
  const visible = transcript === null ? undefined : await access.visible(viewer, [transcript.meetingId]);
  const meeting = visible?.get(transcript?.meetingId ?? '');
  if (meeting !== undefined) {
    requireRight(viewer, meeting, { right: 'PARTICIPATE' });
    return meeting;
  }
  throw new AppError('NOT_FOUND', 'There is no such transcript, or you do not take part in its meeting.', {
    logLevel: 'debug',
    extensions: { path: ['transcriptId'] },
  });
}
