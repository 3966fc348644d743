import { randomUUIDv7 } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { decodeInput } from '@hoerok/shared/graphql';
import type { EntityManager } from 'typeorm';
import type { SectionComment } from '../entities/section-comment.entity.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { commentRepository } from '../repositories/comment-repository.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { announceSection } from './announce.ts';
import { lockCurrent, requireMeetingOf, requireMeetingOfSection } from './open-section.ts';
import { refusal } from './refusals.ts';
import { commentInput, resolveCommentInput } from './transcript-input.ts';
import type { ChangeDeps } from './verify-section.ts';

/**
 * Says something about a section, or about one segment of it; also when the transcript is locked.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for who may only read the meeting; `WRONG_STATE` for a replaced transcript;
 *   `BAD_INPUT`, also for a segment of another section.
 */
export function createCommentOnSection(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<SectionComment> {
  return async (viewer, input) => {
    const { sectionId, text, segmentId = null } = decodeInput(commentInput, input);
    const { transcript } = await requireMeetingOfSection(deps, viewer, { sectionId, right: 'COMMENT' });
    return await deps.change(transcript.id, async (tx) => {
      const held = await lockCurrent(tx, transcript);
      const section = await sectionOf(tx, held, sectionId);
      await requireSegment(tx, section, segmentId);
      const comment = {
        id: randomUUIDv7(),
        workspaceId: viewer.workspaceId,
        sectionId,
        segmentId,
        text,
        revision: section.revision,
        authorId: viewer.userId,
        at: deps.clock(),
        resolvedBy: null,
        resolvedAt: null,
      };
      await commentRepository(tx, viewer.workspaceId).insert(comment);
      await announceSection(
        tx,
        { transcript: held, actorId: viewer.userId },
        { section, change: 'COMMENTED' },
      );
      return comment;
    });
  };
}

/**
 * Marks a comment as dealt with: its author may, and who may edit. One that is resolved already stays as it is.
 * @throws AppError `NOT_FOUND`; `FORBIDDEN` for anybody else; `WRONG_STATE` for a replaced transcript; `BAD_INPUT`.
 */
export function createResolveComment(
  deps: ChangeDeps,
): (viewer: UserViewer, input: unknown) => Promise<SectionComment> {
  return async (viewer, input) => {
    const { id } = decodeInput(resolveCommentInput, input);
    const outside = deps.dataSource.manager;
    const known = await commentRepository(outside, viewer.workspaceId).find(id);
    const [home] =
      known === null ? [] : await sectionRepository(outside, viewer.workspaceId).find([known.sectionId]);
    const right = known?.authorId === viewer.userId ? 'COMMENT' : 'PARTICIPATE';
    const lookup = { transcriptId: home?.transcriptId, path: 'id', right } as const;
    const { transcript } = await requireMeetingOf(deps, viewer, lookup);
    if (viewer.role === 'GUEST' && right === 'PARTICIPATE')
      throw refusal('FORBIDDEN', 'A guest resolves only their own comments.', ['id']);
    return await deps.change(transcript.id, async (tx) => {
      const held = await lockCurrent(tx, transcript);
      const comments = commentRepository(tx, viewer.workspaceId);
      const comment = await comments.find(id);
      if (comment === null) throw refusal('NOT_FOUND', 'There is no such comment.', ['id']);
      if (comment.resolvedAt !== null) return comment;
      const resolved = { ...comment, resolvedBy: viewer.userId, resolvedAt: deps.clock() };
      await comments.update(resolved);
      const section = await sectionOf(tx, held, comment.sectionId);
      const told = { transcript: held, actorId: viewer.userId };
      await announceSection(tx, told, { section, change: 'COMMENT_RESOLVED' });
      return resolved;
    });
  };
}

async function sectionOf(tx: EntityManager, transcript: Transcript, id: string): Promise<Section> {
  const [section] = await sectionRepository(tx, transcript.workspaceId).find([id]);
  if (section !== undefined) return section;
  throw refusal('NOT_FOUND', 'The section is no longer there.', ['sectionId']);
}

async function requireSegment(tx: EntityManager, section: Section, segmentId: string | null): Promise<void> {
  if (segmentId === null) return;
  const [segment] = await segmentRepository(tx, section.workspaceId).find([segmentId]);
  if (segment?.sectionId !== section.id)
    throw refusal('BAD_INPUT', 'This segment is not in the section.', ['segmentId']);
}
