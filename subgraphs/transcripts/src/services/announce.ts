import { type EventPayload, sectionChanged, sectionNoted } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import type { SectionState, TranscriptState } from '../domain/verification.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';

/** What becomes of the text of a section or of the verdicts on it. */
export type SectionFact = EventPayload<typeof sectionChanged>['change'];

/** What else happens to a section. */
export type SectionNote = 'SPLIT' | 'COMMENTED' | 'COMMENT_RESOLVED';

/** What happens to a transcript as a whole. */
export type TranscriptFact = 'LOCKED' | 'UNLOCKED' | 'SPEAKERS_CHANGED';

/** The transcript that it is told of, as it is now, and who did it; null for the platform. */
export interface Told {
  readonly transcript: Transcript;
  readonly actorId: string | null;
  /** Segments with another text than before, by section: what quotes a lower revision of one is stale. */
  readonly editedSegments?: ReadonlyMap<
    string,
    readonly { readonly id: string; readonly revision: number }[]
  >;
}

/** Tells of a section, as it is now. */
export async function announceSection(
  tx: EntityManager,
  told: Told,
  { section, change }: { readonly section: Section; readonly change: SectionFact | SectionNote },
): Promise<void> {
  const { revision, state } = section;
  const reference = { __typename: 'TranscriptSection', id: section.id } as const;
  const payload = { ...factOf(told), id: section.id, revision, state, section: reference };
  const event = {
    workspaceId: section.workspaceId,
    aggregateId: section.id,
    actorId: told.actorId,
  };
  if (isNote(change)) {
    const noted = { ...payload, __typename: 'SectionUpdate' as const, change };
    await addEvent(tx, { ...event, contract: sectionNoted, payload: noted });
  } else {
    const edited = change === 'EDITED' ? told.editedSegments?.get(section.id) : undefined;
    const changed = {
      ...payload,
      __typename: 'TranscriptSection' as const,
      change,
      ...(edited === undefined ? {} : { editedSegments: [...edited] }),
    };
    await addEvent(tx, { ...event, contract: sectionChanged, payload: changed });
  }
}

/** Tells of a transcript as a whole. */
export async function announceTranscript(
  tx: EntityManager,
  told: Told,
  change: TranscriptFact,
): Promise<void> {
  const { transcript, actorId } = told;
  await addEvent(tx, {
    contract: sectionNoted,
    workspaceId: transcript.workspaceId,
    aggregateId: transcript.id,
    actorId,
    payload: {
      ...factOf(told),
      __typename: 'SectionUpdate',
      id: transcript.id,
      revision: transcript.revision,
      state: AMOUNTS_TO[transcript.state],
      change,
      section: null,
    },
  });
}

const NOTES: ReadonlySet<string> = new Set<SectionNote>(['SPLIT', 'COMMENTED', 'COMMENT_RESOLVED']);

function isNote(change: SectionFact | SectionNote): change is SectionNote {
  return NOTES.has(change);
}

const AMOUNTS_TO: Readonly<Record<TranscriptState, SectionState>> = {
  DRAFT: 'UNVERIFIED',
  IN_VERIFICATION: 'PARTIAL',
  VERIFIED: 'VERIFIED',
  LOCKED: 'VERIFIED',
};

function factOf({
  transcript,
  actorId,
}: Told): Pick<
  EventPayload<typeof sectionNoted>,
  'transcriptId' | 'meetingId' | 'transcriptRevision' | 'transcript' | 'actor'
> {
  return {
    transcriptId: transcript.id,
    meetingId: transcript.meetingId,
    transcriptRevision: transcript.revision,
    transcript: { __typename: 'Transcript', id: transcript.id },
    actor: actorId === null ? null : { __typename: 'User', id: actorId },
  };
}
