import { randomUUIDv7 } from 'node:crypto';
import { refuseErased } from '@hoerok/shared/access';
import { type EventPayload, type MeetingState, transcriptCreated } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import type { TranscriptDraft } from '../domain/transcript-draft.ts';
import { sectionState, transcriptState } from '../domain/verification.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Segment } from '../entities/segment.entity.ts';
import type { Speaker } from '../entities/speaker.entity.ts';
import type { Transcript, TranscriptOrigin } from '../entities/transcript.entity.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { refuseLocked } from './replaceable.ts';

/** A draft and where it comes from. */
export interface TranscriptToSave {
  readonly draft: TranscriptDraft;
  readonly meeting: MeetingState;
  readonly workspaceId: string;
  readonly actorId: string | null;
  readonly taskId: string;
  /** The captions it was read from; null for a recording. */
  readonly sourceId: string | null;
  /** @default none: it was read from captions */
  readonly heardIn?: { readonly recordingId: string; readonly provider: string; readonly model: string };
  readonly origin: TranscriptOrigin;
  readonly language: string;
  readonly createdAt: Date;
  /** Participants that the labels of speakers name, by label. @default nobody */
  readonly speakerUsers?: ReadonlyMap<string, string>;
}

/**
 * Writes a transcript with everything in it and makes it the current one of its meeting. Under the policy NONE it is
 * VERIFIED from the start, without an event of its own: nobody has verified anything.
 * @throws AppError `CANCELLED` (retryable) when the meeting has been deleted; PermanentError `WRONG_STATE` when somebody has
 *   locked the transcript that it would replace.
 */
export async function saveTranscript(
  tx: EntityManager,
  given: TranscriptToSave,
): Promise<{ readonly transcriptId: string }> {
  await refuseErased(tx, given.meeting.id);
  await refuseLocked(tx, { workspaceId: given.workspaceId, meetingId: given.meeting.id });
  const rows = toRows(given);
  const transcripts = transcriptRepository(tx, given.workspaceId);
  await transcripts.insertAsCurrent(rows.transcript);
  await transcripts.insertSpeakers(rows.speakers);
  await sectionRepository(tx, given.workspaceId).insert(rows.sections);
  await segmentRepository(tx, given.workspaceId).insert(rows.segments);
  await addEvent(tx, {
    contract: transcriptCreated,
    workspaceId: given.workspaceId,
    aggregateId: rows.transcript.id,
    actorId: given.actorId,
    causationId: given.taskId,
    payload: transcriptFact(rows.transcript),
  });
  return { transcriptId: rows.transcript.id };
}

/** What events tell of a transcript. */
export function transcriptFact(transcript: Transcript): EventPayload<typeof transcriptCreated> {
  const { id, revision, meetingId, language, wordCount, durationMs } = transcript;
  return { __typename: 'Transcript', id, revision, meetingId, language, wordCount, durationMs };
}

interface Rows {
  readonly transcript: Transcript;
  readonly speakers: readonly Speaker[];
  readonly sections: readonly Section[];
  readonly segments: readonly Segment[];
}

function toRows({ draft, meeting, workspaceId, ...given }: TranscriptToSave): Rows {
  const transcriptId = randomUUIDv7();
  const owner = { workspaceId, transcriptId };
  const state = sectionState(meeting, []);
  const speakers = draft.speakers.map((speaker, position) => {
    const userId = given.speakerUsers?.get(speaker.label) ?? null;
    return { ...speaker, ...owner, id: randomUUIDv7(), position, userId };
  });
  const sections = draft.sections.map((section, index) => {
    const whole = { splitFromId: null, splitRevision: null };
    return { ...section, ...owner, ...whole, id: randomUUIDv7(), index, revision: 1, state };
  });
  const segments = draft.segments.map(({ speaker, section, ...segment }, seq) => ({
    ...segment,
    ...owner,
    id: randomUUIDv7(),
    // The draft's places are those of the lists above.
    sectionId: sections[section]?.id ?? '',
    speakerId: speaker === null ? null : (speakers[speaker]?.id ?? null),
    seq,
    originalText: null,
    revision: 1,
  }));
  const transcript = {
    id: transcriptId,
    workspaceId,
    meetingId: meeting.id,
    sourceId: given.sourceId,
    state: transcriptState(sections.map((section) => section.state)),
    current: true,
    origin: given.origin,
    provider: given.heardIn?.provider ?? 'captions',
    providerModel: given.heardIn?.model ?? null,
    recordingId: given.heardIn?.recordingId ?? null,
    language: given.language,
    durationMs: draft.durationMs,
    wordCount: draft.wordCount,
    revision: 1,
    createdAt: given.createdAt,
  };
  return { transcript, speakers, sections, segments };
}
