import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { Section } from '../entities/section.entity.ts';
import type { Segment } from '../entities/segment.entity.ts';
import { commentRepository } from '../repositories/comment-repository.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { lockSection, requireMeetingOfSection } from './open-section.ts';
import { describeTexts } from './rewrite-section.ts';
import { refusal } from './refusals.ts';
import { settleStates } from './settle-states.ts';
import { splitSectionInput } from './transcript-input.ts';
import type { ChangeDeps } from './verify-section.ts';

/** The sections that a split left. */
export interface SplitOutcome {
  /** The first part: it keeps the id. */
  readonly sectionId: string;
  readonly newSectionId: string;
}

/**
 * Cuts a section in two before one of its segments. Both parts get the next revision, so that verdicts given before are
 * stale; comments on a segment go with it. Edits that were begun before still find their segments.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` as for an edit; `CONFLICT` for another revision; `WRONG_STATE` for a locked or
 *   replaced transcript; `BAD_INPUT` for the first segment, or one of another section.
 */
export function createSplitSection(
  deps: Omit<ChangeDeps, 'clock'>,
): (viewer: UserViewer, input: unknown) => Promise<SplitOutcome> {
  return async (viewer, input) => {
    const { sectionId, baseRevision, atSegmentId } = decodeInput(splitSectionInput, input);
    const { transcript } = await requireMeetingOfSection(deps, viewer, { sectionId, right: 'PARTICIPATE' });
    if (viewer.role === 'GUEST') throw refusal('FORBIDDEN', 'A guest cannot split sections.', ['sectionId']);
    return await deps.change(transcript.id, async (tx) => {
      const wanted = { sectionId, revision: baseRevision, path: 'baseRevision' };
      const { transcript: held, section } = await lockSection(tx, transcript, wanted);
      const segments = await segmentRepository(tx, viewer.workspaceId).allOf(sectionId);
      const at = segments.findIndex(({ id }) => id === atSegmentId);
      if (at < 0) throw refusal('BAD_INPUT', 'This segment is not in the section.', ['atSegmentId']);
      if (at === 0)
        throw refusal('BAD_INPUT', 'The section begins with this segment; name a later one.', [
          'atSegmentId',
        ]);
      const newSectionId = await cut(tx, section, {
        first: segments.slice(0, at),
        second: segments.slice(at),
      });
      const changes = new Map([sectionId, newSectionId].map((id) => [id, 'SPLIT'] as const));
      await settleStates(tx, { transcript: held, actorId: viewer.userId, changes });
      return { sectionId, newSectionId };
    });
  };
}

async function cut(
  tx: EntityManager,
  section: Section,
  { first, second }: { readonly first: readonly Segment[]; readonly second: readonly Segment[] },
): Promise<string> {
  const sections = sectionRepository(tx, section.workspaceId);
  const revision = section.revision + 1;
  const newSection = {
    ...section,
    ...describePart(second),
    id: randomUUIDv7(),
    index: section.index + 1,
    revision,
    splitFromId: section.id,
    splitRevision: revision,
  };
  await sections.makeRoomAfter(section);
  await sections.update({ ...section, ...describePart(first), revision });
  await sections.insert([newSection]);
  const ids = second.map(({ id }) => id);
  await segmentRepository(tx, section.workspaceId).move(ids, newSection.id);
  await commentRepository(tx, section.workspaceId).move(ids, newSection.id);
  return newSection.id;
}

function describePart(
  segments: readonly Segment[],
): Pick<Section, 'title' | 'contentHash' | 'startMs' | 'endMs'> {
  return {
    ...describeTexts(segments.map(({ text }) => text)),
    startMs: segments[0]?.startMs ?? 0,
    endMs: segments.reduce((latest, { endMs }) => Math.max(latest, endMs), 0),
  };
}
