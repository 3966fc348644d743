import { requireToldMeeting } from '@hoerok/shared/access';
import { transcriptVerified } from '@hoerok/shared/contracts';
import { addEvent } from '@hoerok/shared/outbox';
import type { EntityManager } from 'typeorm';
import { type SectionState, sectionState, transcriptState } from '../domain/verification.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import { verdictRepository } from '../repositories/verdict-repository.ts';
import { announceSection, type SectionFact, type SectionNote, type Told } from './announce.ts';
import { transcriptFact } from './save-transcript.ts';

/** A transcript whose verdicts, text, sections or meeting have just changed. */
export interface Unsettled extends Told {
  /** Locked in the transaction: what is read from here on is what the states follow from. */
  readonly transcript: Transcript;
  /** The sections that were changed and how, by id; none when the meeting was. */
  readonly changes: ReadonlyMap<string, SectionFact | SectionNote>;
}

/**
 * Writes the states that follow from the verdicts as they are now, and tells of what changed: `sectionChanged` or
 * `sectionNoted` for the changed sections, `sectionChanged` for each one with another state, `transcriptVerified` when the
 * last section became verified. A LOCKED transcript stays as it is, whoever joins or leaves its meeting.
 */
export async function settleStates(tx: EntityManager, unsettled: Unsettled): Promise<void> {
  const { transcript, changes } = unsettled;
  if (transcript.state === 'LOCKED') return;
  const sections = sectionRepository(tx, transcript.workspaceId);
  const all = await sections.allOf(transcript.id);
  const states = await statesNow(tx, all, unsettled);
  for (const [place, section] of all.entries()) {
    const state = states[place] ?? section.state;
    if (state !== section.state) await sections.update({ ...section, state });
    const known = changes.get(section.id);
    if (state === section.state && known === undefined) continue;
    await announceSection(tx, unsettled, {
      section: { ...section, state },
      change: known ?? CHANGE_OF[state],
    });
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
const CHANGE_OF: Readonly<Record<SectionState, SectionFact>> = {
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
