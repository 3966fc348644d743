import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { type EditConflict, mergeEdits, type Rewrite } from '../domain/merge-edits.ts';
import { wasPartOf } from '../domain/section-lineage.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Segment } from '../entities/segment.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { segmentEditRepository } from '../repositories/segment-edit-repository.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { lockOpen, requireMeetingOfSection } from './open-section.ts';
import { recountSpeakers, writeTexts } from './rewrite-section.ts';
import { refusal } from './refusals.ts';
import { settleStates } from './settle-states.ts';
import { editSectionInput } from './transcript-input.ts';
import type { ChangeDeps } from './verify-section.ts';

/** What an edit conflicts with. */
export interface ConflictOfEdit {
  readonly sectionId: string;
  readonly baseRevision: number;
  readonly conflicts: readonly EditConflict[];
}

/** What became of an edit. */
export interface EditOutcome {
  readonly sectionId: string;
  /** True when it was based on an older revision and fitted in. */
  readonly autoMerged: boolean;
  /** What stands against what somebody else has written since: nothing at all was written then. */
  readonly conflict: ConflictOfEdit | null;
}

type Wanted = z.output<typeof editSectionInput>;

/**
 * Corrects texts and speakers of one section. An edit that is based on an older revision is merged when nobody has touched
 * its segments since; otherwise nothing is written and the answer holds both versions. Edits that change nothing leave
 * everything as it is; any other raises the revision of segment, section and transcript, so that verdicts given before are
 * stale, and is kept with the text it replaced.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for a GUEST and for who may not change the meeting; `WRONG_STATE` for a locked or
 *   replaced transcript; `BAD_INPUT`, also for segments of another section.
 */
export function createEditSection(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<EditOutcome> {
  return async (viewer, input) => {
    const wanted = decodeInput(editSectionInput, input);
    const { sectionId } = wanted;
    const { transcript } = await requireMeetingOfSection(deps, viewer, { sectionId, right: 'PARTICIPATE' });
    if (viewer.role === 'GUEST')
      throw refusal('FORBIDDEN', 'A guest cannot edit transcripts.', ['sectionId']);
    return await deps.change(transcript.id, async (tx) => {
      const opened = await open(tx, await lockOpen(tx, transcript), wanted);
      const edits = segmentEditRepository(tx, viewer.workspaceId);
      const since = await edits.since([...opened.segments.keys()], wanted.baseRevision);
      const later = since.map(({ textBefore, speakerBefore, ...edit }) => {
        return { ...edit, before: { text: textBefore, speakerId: speakerBefore } };
      });
      const { rewrites, conflicts } = mergeEdits(opened.segments, wanted.edits, later);
      const autoMerged = wanted.baseRevision < opened.section.revision;
      const isWritten = conflicts.length === 0 && rewrites.length > 0;
      if (isWritten)
        await write(tx, opened, { rewrites, editorId: viewer.userId, at: deps.clock(), autoMerged });
      const conflict = { sectionId, baseRevision: wanted.baseRevision, conflicts };
      return {
        sectionId,
        autoMerged: autoMerged && isWritten,
        conflict: conflicts.length === 0 ? null : conflict,
      };
    });
  };
}

/** What an edit works on; all of it is as it is while the transcript is locked. */
interface Opened {
  readonly transcript: Transcript;
  readonly section: Section;
  /** All sections of the transcript, by id. */
  readonly sections: ReadonlyMap<string, Section>;
  /** The segments that are named in the edit, by id. */
  readonly segments: ReadonlyMap<string, Segment>;
}

async function open(tx: EntityManager, transcript: Transcript, wanted: Wanted): Promise<Opened> {
  const { workspaceId } = transcript;
  const all = await sectionRepository(tx, workspaceId).allOf(transcript.id);
  const sections = new Map(all.map((section) => [section.id, section]));
  const section = sections.get(wanted.sectionId);
  if (section === undefined) throw refusal('NOT_FOUND', 'The section is no longer there.', ['sectionId']);
  const { revision } = section;
  if (wanted.baseRevision > revision)
    throw refusal('BAD_INPUT', `The section is at revision ${revision}.`, ['baseRevision']);
  const found = await segmentRepository(tx, workspaceId).find(wanted.edits.map(({ segmentId }) => segmentId));
  const segments = new Map(found.map((segment) => [segment.id, segment]));
  const from = { id: section.id, revision: wanted.baseRevision };
  for (const [place, { segmentId }] of wanted.edits.entries()) {
    if (wasPartOf(sections, segments.get(segmentId)?.sectionId ?? '', from)) continue;
    throw refusal('BAD_INPUT', 'This segment is not in the section.', ['edits', `${place}`, 'segmentId']);
  }
  await requireSpeakers(tx, transcript, wanted);
  return { transcript, section, sections, segments };
}

async function requireSpeakers(tx: EntityManager, transcript: Transcript, { edits }: Wanted): Promise<void> {
  const ids = edits.flatMap(({ speakerId }) => speakerId ?? []);
  if (ids.length === 0) return;
  const speakers = await transcriptRepository(tx, transcript.workspaceId).findSpeakers(ids);
  const own = new Set(
    speakers.filter(({ transcriptId }) => transcriptId === transcript.id).map(({ id }) => id),
  );
  const place = edits.findIndex(({ speakerId }) => speakerId != null && !own.has(speakerId));
  if (place >= 0)
    throw refusal('BAD_INPUT', 'There is no such speaker in the transcript.', [
      'edits',
      `${place}`,
      'speakerId',
    ]);
}

interface Accepted {
  readonly rewrites: readonly Rewrite<Segment>[];
  readonly editorId: string;
  readonly at: Date;
  readonly autoMerged: boolean;
}

/** Writes the edits and what follows from them. A split may have put the segments into several sections. */
async function write(tx: EntityManager, opened: Opened, accepted: Accepted): Promise<void> {
  const { transcript, sections } = opened;
  const { rewrites, editorId, at } = accepted;
  const bySection = Map.groupBy(rewrites, ({ before }) => before.sectionId);
  for (const [sectionId, own] of bySection) {
    const section = sections.get(sectionId);
    if (section === undefined) continue;
    await writeTexts(tx, section, own);
    await segmentEditRepository(tx, transcript.workspaceId).insert(
      own.map(({ before, after }) => ({
        id: randomUUIDv7(),
        workspaceId: transcript.workspaceId,
        transcriptId: transcript.id,
        segmentId: before.id,
        revision: before.revision + 1,
        sectionRevision: section.revision + 1,
        textBefore: before.text,
        textAfter: after.text,
        speakerBefore: before.speakerId,
        speakerAfter: after.speakerId,
        merged: accepted.autoMerged,
        editorId,
        at,
      })),
    );
  }
  const gained = await recountSpeakers(tx, transcript, rewrites);
  const changed = {
    ...transcript,
    revision: transcript.revision + 1,
    wordCount: transcript.wordCount + gained,
  };
  await transcriptRepository(tx, transcript.workspaceId).update(changed);
  const changes = new Map([...bySection.keys()].map((id) => [id, 'EDITED'] as const));
  const editedSegments = new Map([...bySection].map(([id, own]) => [id, own.flatMap(newText)] as const));
  await settleStates(tx, { transcript: changed, actorId: editorId, changes, editedSegments });
}

/** The segment at its new revision, unless only its speaker is another. */
function newText({ before, after }: Rewrite<Segment>): { id: string; revision: number }[] {
  return before.text === after.text ? [] : [{ id: before.id, revision: before.revision + 1 }];
}
