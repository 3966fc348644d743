import { randomUUIDv7 } from 'node:crypto';
import { refuseErased } from '@hoerok/shared/access';
import { minutesCreated } from '@hoerok/shared/contracts';
import { PermanentError } from '@hoerok/shared/errors';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import type { Minutes } from '../entities/minutes.entity.ts';
import type { MinutesItem } from '../entities/minutes-item.entity.ts';
import { minutesRepository } from '../repositories/minutes-repository.ts';
import { transcriptRefRepository } from '../repositories/transcript-ref-repository.ts';
import { announceAcceptance } from './announce-acceptance.ts';
import { announceMinutes } from './announce-minutes.ts';
import { carryDecisions, findDecided } from './carry-decisions.ts';
import { rowsOf } from './minutes-rows.ts';
import type { SpokenMeeting } from './transcript-reader.ts';
import type { ChosenMinutes } from './write-with-fallback.ts';

/** Checked draft minutes with all that their rows need. */
export interface FinishedAnalysis {
  readonly workspaceId: string;
  readonly transcriptId: string;
  readonly taskId: string;
  readonly requestedBy: string | null;
  readonly spoken: SpokenMeeting;
  readonly written: ChosenMinutes;
  readonly userIds: ReadonlySet<string>;
  readonly at: Date;
}

/**
 * Writes the minutes, and the event that tells of them, inside `tx`. What people have decided about the minutes before counts
 * for these ones, see {@link carryDecisions}.
 * @throws AppError `CANCELLED` (retryable) when the meeting has been deleted; PermanentError `NOT_FOUND` when the transcript has.
 */
export async function storeMinutes(tx: EntityManager, analysis: FinishedAnalysis): Promise<Minutes> {
  const { workspaceId, transcriptId, spoken, written } = analysis;
  const { draft } = written;
  await refuseErased(tx, spoken.meeting.id);
  if (await transcriptRefRepository(tx, workspaceId).isGone(transcriptId))
    throw new PermanentError('NOT_FOUND', 'The transcript is not there any more.');
  const repository = minutesRepository(tx, workspaceId);
  const minutes: Minutes = {
    id: randomUUIDv7(),
    workspaceId,
    meetingId: spoken.meeting.id,
    transcriptId,
    revision: await repository.nextRevision(spoken.meeting.id),
    language: draft.language,
    generatedAt: analysis.at,
    provider: written.provider,
    providerModel: written.model,
    promptVersion: written.promptVersion,
    fallbackCode: written.fallbackCode,
    dropped: written.dropped,
    transcriptRevision: spoken.revision,
    overview: draft.overview,
  };
  const found = rowsOf(minutes, { ...analysis, ...written });
  const decided = await findDecided(repository, minutes.meetingId);
  const carried = decided === null ? null : carryDecisions(decided, minutes, found);
  const { evidence, ...suggested } = carried?.suggested ?? found;
  const items = suggested.items.map((item) => acceptedAtOnce(item, analysis));
  const keywords = draft.keywords.map(({ text, weight, segmentIds }, position) => {
    return { minutesId: minutes.id, position, text, weight, segmentIds: [...segmentIds] };
  });
  await repository.insert({ minutes, items, evidence, keywords });
  if (carried !== null) await repository.moveItems(carried.moved, carried.renewed);
  await transcriptRefRepository(tx, workspaceId).remember({
    id: transcriptId,
    meetingId: spoken.meeting.id,
    revision: spoken.revision,
  });
  await announce(tx, analysis, { minutes, items });
  for (const item of items)
    if (item.acceptedAt !== null) await announceAcceptance(tx, item, spoken.meeting.organizer.id);
  await announceMinutes(tx, minutes, {
    change: 'CREATED',
    itemIds: [],
    actorId: analysis.requestedBy,
    causationId: analysis.taskId,
  });
  return minutes;
}

/** The organizer has decided beforehand about what a language model notes, not about what the local analysis only suspects. */
function acceptedAtOnce(item: MinutesItem, { spoken, at }: FinishedAnalysis): MinutesItem {
  const isMeant = item.kind === 'ACTION' && item.origin === 'LLM' && spoken.meeting.autoAcceptActionItems;
  return isMeant ? { ...item, review: 'ACCEPTED', acceptedAt: at } : item;
}

async function announce(
  tx: EntityManager,
  { requestedBy, taskId }: FinishedAnalysis,
  { minutes, items }: { readonly minutes: Minutes; readonly items: readonly MinutesItem[] },
): Promise<void> {
  const actions = items.filter(({ kind, review }) => kind === 'ACTION' && review === 'SUGGESTED');
  await addEvent(tx, {
    contract: minutesCreated,
    workspaceId: minutes.workspaceId,
    aggregateId: minutes.id,
    actorId: requestedBy,
    causationId: taskId,
    payload: {
      __typename: 'Minutes',
      id: minutes.id,
      revision: minutes.revision,
      meetingId: minutes.meetingId,
      transcriptId: minutes.transcriptId,
      transcriptRevision: minutes.transcriptRevision,
      actionItemCount: actions.length,
      assigneeIds: [...new Set(actions.flatMap(({ assigneeId }) => assigneeId ?? []))],
    },
  });
}
