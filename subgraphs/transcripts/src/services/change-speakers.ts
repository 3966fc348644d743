import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { speakerKey } from '../domain/speaker-key.ts';
import type { Speaker } from '../entities/speaker.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import type { TranscriptNoteKind } from '../entities/transcript-note.entity.ts';
import { noteRepository } from '../repositories/note-repository.ts';
import { segmentEditRepository } from '../repositories/segment-edit-repository.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { announceTranscript } from './announce.ts';
import { lockOpen, requireMeetingOf } from './open-section.ts';
import { refusal } from './refusals.ts';
import { mergeSpeakersInput, renameSpeakerInput } from './transcript-input.ts';
import type { ChangeDeps } from './verify-section.ts';

/**
 * Gives a speaker another label; the one before stays in the history. Raises the transcript's revision. Answers the id of the
 * transcript.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` as for an edit; `CONFLICT` when another speaker has the label; `WRONG_STATE` for
 *   a locked or replaced transcript; `BAD_INPUT`.
 */
export function createRenameSpeaker(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { speakerId, label } = decodeInput(renameSpeakerInput, input);
    const transcript = await openSpeakers(deps, viewer, { id: speakerId, path: 'speakerId' });
    await deps.change(transcript.id, async (tx) => {
      const held = await lockOpen(tx, transcript);
      const { speaker, others } = await oneOf(tx, held, { id: speakerId, path: 'speakerId' });
      if (speaker.label === label) return;
      if (others.some((other) => speakerKey(other.label) === speakerKey(label))) {
        throw refusal('CONFLICT', 'Another speaker has this label; mergeSpeakers makes one of both.', [
          'label',
        ]);
      }
      await transcriptRepository(tx, viewer.workspaceId).updateSpeaker({ ...speaker, label });
      const labels = { before: speaker.label, after: label };
      await noteChange(tx, held, { deps, viewer, kind: 'SPEAKER_RENAMED', labels });
    });
    return transcript.id;
  };
}

/**
 * Makes one speaker of two: everything that `fromId` said is said by `intoId`, who stays. Who was assigned to the one that
 * goes is kept unless the other one has somebody. Verdicts stay: the texts are the same. Answers the id of the transcript.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` as for an edit; `WRONG_STATE` for a locked or replaced transcript; `BAD_INPUT`,
 *   also for speakers of two transcripts.
 */
export function createMergeSpeakers(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { fromId, intoId } = decodeInput(mergeSpeakersInput, input);
    const transcript = await openSpeakers(deps, viewer, { id: fromId, path: 'fromId' });
    await deps.change(transcript.id, async (tx) => {
      const held = await lockOpen(tx, transcript);
      const { speaker: from, others } = await oneOf(tx, held, { id: fromId, path: 'fromId' });
      const into = others.find(({ id }) => id === intoId);
      if (into === undefined)
        throw refusal('BAD_INPUT', 'This speaker is not in the same transcript.', ['intoId']);
      await merge(tx, from, into);
      const labels = { before: from.label, after: into.label };
      await noteChange(tx, held, { deps, viewer, kind: 'SPEAKERS_MERGED', labels });
    });
    return transcript.id;
  };
}

async function merge(tx: EntityManager, from: Speaker, into: Speaker): Promise<void> {
  const { workspaceId, transcriptId } = from;
  const replaced = { from: from.id, into: into.id };
  await segmentRepository(tx, workspaceId).replaceSpeaker(transcriptId, replaced);
  await segmentEditRepository(tx, workspaceId).replaceSpeaker(transcriptId, replaced);
  const transcripts = transcriptRepository(tx, workspaceId);
  await transcripts.deleteSpeaker(from.id);
  await transcripts.updateSpeaker({
    ...into,
    position: Math.min(from.position, into.position),
    userId: into.userId ?? from.userId,
    talkMs: Math.min(MAX_INT, from.talkMs + into.talkMs),
    words: from.words + into.words,
  });
}

/** PostgreSQL's and GraphQL's integer hold no more. */
const MAX_INT = 2 ** 31 - 1;

interface Named {
  readonly id: string;
  readonly path: string;
}

/** The transcript of a speaker that the viewer may change. */
async function openSpeakers(deps: ChangeDeps, viewer: UserViewer, { id, path }: Named): Promise<Transcript> {
  const [found] = await transcriptRepository(deps.dataSource.manager, viewer.workspaceId).findSpeakers([id]);
  const lookup = { transcriptId: found?.transcriptId, path, right: 'PARTICIPATE' } as const;
  const { transcript } = await requireMeetingOf(deps, viewer, lookup);
  if (viewer.role === 'GUEST') throw refusal('FORBIDDEN', 'A guest cannot name speakers.', [path]);
  return transcript;
}

/** A speaker of the locked transcript, and the other ones. @throws AppError `NOT_FOUND` when somebody has merged it. */
async function oneOf(
  tx: EntityManager,
  transcript: Transcript,
  { id, path }: Named,
): Promise<{ readonly speaker: Speaker; readonly others: readonly Speaker[] }> {
  const all = await transcriptRepository(tx, transcript.workspaceId).speakersOf([transcript.id]);
  const speaker = all.find((one) => one.id === id);
  if (speaker === undefined) throw refusal('NOT_FOUND', 'There is no such speaker any more.', [path]);
  return { speaker, others: all.filter((one) => one !== speaker) };
}

/** Keeps what was changed of the speakers, raises the revision of the transcript and tells of it. */
async function noteChange(
  tx: EntityManager,
  transcript: Transcript,
  change: {
    readonly deps: Pick<ChangeDeps, 'clock'>;
    readonly viewer: UserViewer;
    readonly kind: TranscriptNoteKind;
    readonly labels: { readonly before: string; readonly after: string };
  },
): Promise<void> {
  const { deps, viewer, kind, labels } = change;
  const changed = { ...transcript, revision: transcript.revision + 1 };
  await transcriptRepository(tx, transcript.workspaceId).update(changed);
  await noteRepository(tx, transcript.workspaceId).insert({
    id: randomUUIDv7(),
    workspaceId: transcript.workspaceId,
    transcriptId: transcript.id,
    kind,
    reason: null,
    ...labels,
    actorId: viewer.userId,
    at: deps.clock(),
  });
  await announceTranscript(tx, { transcript: changed, actorId: viewer.userId }, 'SPEAKERS_CHANGED');
}
