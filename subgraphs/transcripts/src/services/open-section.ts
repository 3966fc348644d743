import { type MeetingAccess, requireStanding } from '@hoerok/shared/access';
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

/**
 * The meeting of a transcript that the viewer may see.
 * @throws AppError `NOT_FOUND` naming `path`, the same for what is not there and for what is hidden.
 */
export async function requireMeetingOf(
  deps: OpenDeps,
  viewer: UserViewer,
  lookup: { readonly transcriptId: string | undefined; readonly path: string },
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
  return { transcript, meeting };
}

/** The meeting of a section that the viewer may see; as {@link requireMeetingOf}. */
export async function requireMeetingOfSection(
  deps: OpenDeps,
  viewer: UserViewer,
  sectionId: string,
): Promise<{ readonly transcript: Transcript; readonly meeting: MeetingState }> {
  const [section] = await sectionRepository(deps.dataSource.manager, viewer.workspaceId).find([sectionId]);
  return await requireMeetingOf(deps, viewer, { transcriptId: section?.transcriptId, path: 'sectionId' });
}

/**
 * Locks the transcript and reads the section at the revision that a change is based on.
 * @throws AppError `WRONG_STATE` when a later import has replaced the transcript; `CONFLICT` for another revision.
 */
export async function lockSection(
  tx: EntityManager,
  transcript: Transcript,
  wanted: { readonly sectionId: string; readonly revision: number; readonly path: string },
): Promise<{ readonly transcript: Transcript; readonly section: Section }> {
  const locked = await lockCurrent(tx, transcript);
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
 * Locks the transcript: changes of it wait for one another.
 * @throws AppError `WRONG_STATE` when a later import has replaced it; `NOT_FOUND` when its meeting is being deleted.
 */
export async function lockCurrent(tx: EntityManager, transcript: Transcript): Promise<Transcript> {
  await requireStanding(tx, transcript.meetingId);
  const locked = await transcriptRepository(tx, transcript.workspaceId).findForUpdate(transcript.id);
  if (locked?.current === true) return locked;
  throw refusal('WRONG_STATE', 'A later import has replaced this transcript; change that one.', []);
}
