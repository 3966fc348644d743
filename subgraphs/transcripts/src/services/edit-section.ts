import type { UserViewer } from '@hoerok/shared/auth';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import { contentHash, countWords, titleOf } from '../domain/section-text.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Segment } from '../entities/segment.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { lockSection, requireMeetingOfSection } from './open-section.ts';
import { refusal } from './refusals.ts';
import { settleStates } from './settle-states.ts';
import { editSectionInput } from './transcript-input.ts';
import type { ChangeDeps } from './verify-section.ts';

interface Edit {
  readonly segmentId: string;
  readonly text: string;
}

interface Rewrite {
  readonly before: Segment;
  readonly after: Segment;
}

/**
 * Corrects texts of one section. Edits that change nothing leave everything as it is; any other raises the revision of
 * segment, section and transcript, so that verdicts given before are stale. Answers the id of the section.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for a GUEST; `CONFLICT` when the section has moved on; `WRONG_STATE` for a
 *   replaced transcript; `BAD_INPUT`, also for segments of another section.
 */
export function createEditSection(
  deps: Omit<ChangeDeps, 'clock'>,
): (viewer: UserViewer, input: unknown) => Promise<string> {
  return async (viewer, input) => {
    const { sectionId, baseRevision, edits } = decodeInput(editSectionInput, input);
    const { transcript } = await requireMeetingOfSection(deps, viewer, sectionId);
    if (viewer.role === 'GUEST')
      throw refusal('FORBIDDEN', 'A guest cannot edit transcripts.', ['sectionId']);
    await deps.transact(async (tx) => {
      const wanted = { sectionId, revision: baseRevision, path: 'baseRevision' };
      const locked = await lockSection(tx, transcript, wanted);
      const changed = await rewrite(tx, locked, edits);
      if (changed === null) return;
      const change = { sectionId, change: 'EDITED' } as const;
      await settleStates(tx, { transcript: changed, actorId: viewer.userId, changed: change });
    });
    return sectionId;
  };
}

/** Writes the new texts and what follows from them; null when every text is already as wanted. */
async function rewrite(
  tx: EntityManager,
  { transcript, section }: { readonly transcript: Transcript; readonly section: Section },
  edits: readonly Edit[],
): Promise<Transcript | null> {
  const segments = segmentRepository(tx, transcript.workspaceId);
  const before = await segments.allOf(section.id);
  const rewrites = rewritesOf(before, edits);
  if (rewrites.length === 0) return null;
  for (const { after } of rewrites) await segments.update(after);
  const newTexts = new Map(rewrites.map(({ after }) => [after.id, after.text]));
  const texts = before.map(({ id, text }) => newTexts.get(id) ?? text);
  await sectionRepository(tx, transcript.workspaceId).update({
    ...section,
    revision: section.revision + 1,
    title: titleOf(texts),
    contentHash: contentHash(texts),
  });
  await recountSpeakers(tx, transcript, rewrites);
  const changed = {
    ...transcript,
    revision: transcript.revision + 1,
    wordCount:
      transcript.wordCount + rewrites.reduce((sum, { before, after }) => sum + gained(before, after), 0),
  };
  await transcriptRepository(tx, transcript.workspaceId).update(changed);
  return changed;
}

function rewritesOf(segments: readonly Segment[], edits: readonly Edit[]): Rewrite[] {
  const byId = new Map(segments.map((segment) => [segment.id, segment]));
  return edits.flatMap(({ segmentId, text }, place) => {
    const before = byId.get(segmentId);
    if (before === undefined) {
      const path = ['edits', String(place), 'segmentId'];
      throw refusal('BAD_INPUT', 'This segment is not in the section.', path);
    }
    if (before.text === text) return [];
    const originalText = before.originalText ?? before.text;
    return [{ before, after: { ...before, text, originalText, revision: before.revision + 1 } }];
  });
}

async function recountSpeakers(
  tx: EntityManager,
  transcript: Transcript,
  rewrites: readonly Rewrite[],
): Promise<void> {
  const transcripts = transcriptRepository(tx, transcript.workspaceId);
  const bySpeaker = Map.groupBy(rewrites, ({ before }) => before.speakerId ?? '');
  for (const speaker of await transcripts.findSpeakers([...bySpeaker.keys()])) {
    const own = bySpeaker.get(speaker.id) ?? [];
    const words = own.reduce((sum, { before, after }) => sum + gained(before, after), speaker.words);
    await transcripts.updateSpeaker({ ...speaker, words });
  }
}

function gained(before: Segment, after: Segment): number {
  return countWords(after.text) - countWords(before.text);
}
