import type { Turn } from './cue-text.ts';
import type { PlainCue } from './plain-cue.ts';
import { foldRollingCaptions } from './rolling-captions.ts';
import type { SegmentDraft } from './segment-list.ts';
import { type LabeledLine, learnSpeakerLabels, type SpeakerLabels } from './speaker-labels.ts';

const LABELED_SHARE = 0.5;

/**
 * Turns cues into segments: folds rolling captions, then names speakers, from voice tags when the file has any and
 * else from labels such as "Name: text". A cue with several speakers becomes several segments with the cue's times,
 * since the file does not say when they change.
 */
export function cuesToDrafts(cues: readonly PlainCue[]): SegmentDraft[] {
  const folded = foldRollingCaptions(cues);
  const labels = usesVoices(folded)
    ? undefined
    : learnSpeakerLabels(
        folded.map((cue) => cue.turns[0]?.lines ?? []),
        LABELED_SHARE,
      );
  return folded.flatMap((cue) => cue.turns.flatMap((turn) => draftsOf(cue, turn, labels)));
}

function usesVoices(cues: readonly PlainCue[]): boolean {
  return cues.some((cue) => cue.turns.some((turn) => turn.speaker !== undefined));
}

function draftsOf(cue: PlainCue, turn: Turn, labels: SpeakerLabels | undefined): SegmentDraft[] {
  const { startMs, endMs, sourceLine } = cue;
  return speakersOf(turn, labels).map(({ speaker, text }) => ({
    startMs,
    endMs,
    text,
    sourceLine,
    ...(speaker !== undefined && { speakerLabel: speaker }),
  }));
}

function speakersOf(turn: Turn, labels: SpeakerLabels | undefined): LabeledLine[] {
  if (!labels) return [{ ...turn, text: turn.lines.join(' ') }];
  const said: { speaker?: string; lines: string[] }[] = [];
  for (const line of turn.lines) {
    const { speaker, text } = labels.split(line);
    const last = said.at(-1);
    if (last && speaker === undefined) last.lines.push(text);
    else said.push({ ...(speaker !== undefined && { speaker }), lines: [text] });
  }
  return said.map(({ lines, ...who }) => ({ ...who, text: lines.join(' ') }));
}
