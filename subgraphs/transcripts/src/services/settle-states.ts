import { requireToldMeeting } from '@hoerok/shared/access';
import { type EventPayload, sectionChanged, transcriptVerified } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { type SectionState, sectionState, transcriptState } from '../domain/verification.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { verdictRepository } from '../repositories/verdict-repository.ts';
import { transcriptFact } from './save-transcript.ts';

type Change = EventPayload<typeof sectionChanged>['change'];

/** A transcript whose verdicts, text or meeting have just changed. */
export interface Unsettled {
  /** Locked in the transaction: what is read from here on is what the states follow from. */
  readonly transcript: Transcript;
  readonly actorId: string | null;
  /** The section that was changed and how; null when the meeting was. */
  readonly changed: { readonly sectionId: string; readonly change: Change } | null;
}

/**
 * Writes the states that follow from the verdicts as they are now, and tells of what changed: `sectionChanged` for the
 * changed section and each one with another state, `transcriptVerified` when the last section became verified.
 */
export async function settleStates(tx: EntityManager, unsettled: Unsettled): Promise<void> {
  const { transcript, changed } = unsettled;
  const sections = sectionRepository(tx, transcript.workspaceId);
  const all = await sections.allOf(transcript.id);
  const states = await statesNow(tx, all, unsettled);
  for (const [place, section] of all.entries()) {
    const state = states[place] ?? section.state;
    if (state !== section.state) await sections.update({ ...section, state });
    if (state === section.state && section.id !== changed?.sectionId) continue;
    const change = section.id === changed?.sectionId ? changed.change : CHANGE_OF[state];
    await announceSection(tx, unsettled, { ...section, state }, change);
  }
  const state = transcriptState(states);
  if (state === transcript.state) return;
  await transcriptRepository(tx, transcript.workspaceId).update({ ...transcript, state });
  if (state !== 'VERIFIED') return;
  await addEvent(tx, {
    contract: transcriptVerified,
    workspaceId: transcript.workspaceId,
    aggregateId: transcript.id,
    actorId: unsettled.actorId,
    payload: transcriptFact(transcript),
  });
}

/** What a section goes through when people join or leave the meeting, by the state it gets. */
const CHANGE_OF: Readonly<Record<SectionState, Change>> = {
  UNVERIFIED: 'STALE',
  PARTIAL: 'STALE',
  VERIFIED: 'APPROVED',
  DISPUTED: 'DISPUTED',
};

async function statesNow(
  tx: EntityManager,
  sections: readonly Section[],
  { transcript }: Unsettled,
): Promise<SectionState[]> {
  const meeting = await requireToldMeeting(tx, transcript.workspaceId, transcript.meetingId);
  const verdicts = await verdictRepository(tx, transcript.workspaceId).of(sections.map(({ id }) => id));
  const bySection = Map.groupBy(verdicts, ({ sectionId }) => sectionId);
  return sections.map(({ id, revision }) => {
    const current = (bySection.get(id) ?? []).filter((verdict) => verdict.revision === revision);
    return sectionState(meeting, current);
  });
}

async function announceSection(
  tx: EntityManager,
  { transcript, actorId }: Unsettled,
  section: Section,
  change: Change,
): Promise<void> {
  await addEvent(tx, {
    contract: sectionChanged,
    workspaceId: transcript.workspaceId,
    aggregateId: section.id,
    actorId,
    payload: {
      __typename: 'TranscriptSection',
      id: section.id,
      transcriptId: transcript.id,
      meetingId: transcript.meetingId,
      revision: section.revision,
      transcriptRevision: transcript.revision,
      state: section.state,
      change,
      section: { __typename: 'TranscriptSection', id: section.id },
      actor: actorId === null ? null : { __typename: 'User', id: actorId },
    },
  });
}
