import type { EntityManager } from 'typeorm';
import type { Rewrite } from '../domain/merge-edits.ts';
import { contentHash, countWords, titleOf } from '../domain/section-text.ts';
import type { Section } from '../entities/section.entity.ts';
import type { Segment } from '../entities/segment.entity.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { sectionRepository } from '../repositories/section-repository.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';

/** Writes new texts and speakers into segments of a section, and the section's next revision. */
export async function writeTexts(
  tx: EntityManager,
  section: Section,
  rewrites: readonly Rewrite<Segment>[],
): Promise<void> {
  const segments = segmentRepository(tx, section.workspaceId);
  const texts = new Map(
    (await segments.allOf(section.id)).map((segment): [string, string] => [segment.id, segment.text]),
  );
  for (const { before, after } of rewrites) {
    const originalText = before.originalText ?? before.text;
    await segments.update({ ...before, ...after, originalText, revision: before.revision + 1 });
    texts.set(before.id, after.text);
  }
  await sectionRepository(tx, section.workspaceId).update({
    ...section,
    ...describeTexts([...texts.values()]),
    revision: section.revision + 1,
  });
}

/** What a section says of its texts, in order. */
export function describeTexts(texts: readonly string[]): Pick<Section, 'title' | 'contentHash'> {
  return { title: titleOf(texts), contentHash: contentHash(texts) };
}

/** Takes words and time from who said the segments before, and gives them to who says them now; answers the words gained. */
export async function recountSpeakers(
  tx: EntityManager,
  transcript: Transcript,
  rewrites: readonly Rewrite<Segment>[],
): Promise<number> {
  const shares = new Map<string, { talkMs: number; words: number }>();
  let gained = 0;
  const add = (speakerId: string | null, words: number, talkMs: number): void => {
    gained += words;
    if (speakerId === null) return;
    const share = shares.get(speakerId) ?? { talkMs: 0, words: 0 };
    shares.set(speakerId, { talkMs: share.talkMs + talkMs, words: share.words + words });
  };
  for (const { before, after } of rewrites) {
    const durationMs = before.endMs - before.startMs;
    add(before.speakerId, -countWords(before.text), -durationMs);
    add(after.speakerId, countWords(after.text), durationMs);
  }
  const transcripts = transcriptRepository(tx, transcript.workspaceId);
  for (const speaker of await transcripts.findSpeakers([...shares.keys()])) {
    const { talkMs, words } = shares.get(speaker.id) ?? { talkMs: 0, words: 0 };
    if (talkMs === 0 && words === 0) continue;
    await transcripts.updateSpeaker({
      ...speaker,
      // The sum at import stops at what the column holds.
      talkMs: Math.max(0, speaker.talkMs + talkMs),
      words: speaker.words + words,
    });
  }
  return gained;
}
