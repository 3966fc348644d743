import {
  mayChangeMeeting,
  type MeetingAccess,
  type MeetingRight,
  requireStanding,
} from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import type { Section } from '../entities/section.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { refusal } from './refusals.ts';

/** What finding a transcript for a change needs. */
export interface OpenDeps {
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
}

/** A transcript that is to be changed, the argument it came in, and what the viewer must be allowed in its meeting. */
export interface OpenLookup {
  readonly transcriptId: string | undefined;
  readonly path: string;
  readonly right: MeetingRight;
}

/**
 * The meeting of a transcript in which the viewer has the right.
 * @throws AppError `NOT_FOUND` naming `path`, the same for what is not there and for what is hidden; `FORBIDDEN` for who may
 *   only see it.
 */
export async function requireMeetingOf(
  deps: OpenDeps,
  viewer: UserViewer,
  lookup: OpenLookup,
): Promise<{ readonly transcript: Transcript; readonly meeting: MeetingState }> {
  const transcripts = transcriptRepository(deps.dataSource.manager, viewer.workspaceId);
  const { transcriptId } = lookup;
  const [transcript] = transcriptId === undefined ? [] : await transcripts.find([transcriptId]);
  const meetings = await deps.access.visible(viewer, transcript === undefined ? [] : [transcript.meetingId]);
  const meeting = meetings.get(transcript?.meetingId ?? '');
  if (transcript === undefined || meeting === undefined) {
    throw refusal('NOT_FOUND', 'There is no such object, or you do not take part in its meeting.', [
      lookup.path,
    ]);
  }
  if (!mayChangeMeeting(viewer, meeting, lookup))
    throw refusal('FORBIDDEN', 'The meeting is shared with you, but not for this.', [lookup.path]);
  return { transcript, meeting };
}

/** The meeting of a section in which the viewer has the right; as {@link requireMeetingOf}. */
export async function requireMeetingOfSection(
  deps: OpenDeps,
  viewer: UserViewer,
  wanted: { readonly sectionId: string; readonly right: MeetingRight },
): Promise<{ readonly transcript: Transcript; readonly meeting: MeetingState }> {
  const sections = sectionRepository(deps.dataSource.manager, viewer.workspaceId);
  const [section] = await sections.find([wanted.sectionId]);
  const { right } = wanted;
  return await requireMeetingOf(deps, viewer, {
    transcriptId: section?.transcriptId,
    path: 'sectionId',
    right,
  });
}

/**
 * Locks the transcript and reads the section at the revision that a change is based on.
 * @throws AppError `WRONG_STATE` when the transcript is locked or was replaced; `CONFLICT` for another revision.
 */
export async function lockSection(
  tx: EntityManager,
  transcript: Transcript,
  wanted: { readonly sectionId: string; readonly revision: number; readonly path: string },
): Promise<{ readonly transcript: Transcript; readonly section: Section }> {
  const locked = await lockOpen(tx, transcript);
  const [section] = await sectionRepository(tx, transcript.workspaceId).find([wanted.sectionId]);
  if (section === undefined || section.revision !== wanted.revision) {
    throw refusal(
      'CONFLICT',
      `The section has changed: it is at revision ${section?.revision}, not ${wanted.revision}. Read it again.`,
      [wanted.path],
    );
  }
  return { transcript: locked, section };
}

/**
 * Locks the row of a transcript that may be changed.
 * @throws AppError as {@link lockCurrent}, and `WRONG_STATE` when somebody has locked the transcript for good.
 */
export async function lockOpen(tx: EntityManager, transcript: Transcript): Promise<Transcript> {
  const held = await lockCurrent(tx, transcript);
  if (held.state !== 'LOCKED') return held;
  throw refusal('WRONG_STATE', 'The transcript is locked; its organizer can unlock it.', []);
}

/**
 * Locks the row of a transcript: changes of it wait for one another.
 * @throws AppError `WRONG_STATE` when a later import has replaced it; `NOT_FOUND` when its meeting is being deleted.
 */
export async function lockCurrent(tx: EntityManager, transcript: Transcript): Promise<Transcript> {
  await requireStanding(tx, transcript.meetingId);
  const locked = await transcriptRepository(tx, transcript.workspaceId).findForUpdate(transcript.id);
  if (locked?.current === true) return locked;
  throw refusal('WRONG_STATE', 'A later import has replaced this transcript; change that one.', []);
}
