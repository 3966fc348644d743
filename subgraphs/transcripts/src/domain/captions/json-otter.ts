import { z } from 'zod';
import { numberedSpeaker, speakerLabel, toDraft } from './json-draft.ts';
import type { SegmentDraft } from './segment-list.ts';

/** Otter counts offsets in samples of 16 kHz audio; its own web player divides by this number. */
const SAMPLES_PER_SECOND = 16_000;

const otterTurn = z.object({
  start_offset: z.number().nonnegative(),
  end_offset: z.number().nonnegative(),
  transcript: z.string(),
  speaker_id: speakerLabel,
  speaker_name: speakerLabel,
  speaker_model_label: speakerLabel,
  label: speakerLabel,
});

const id = z.union([z.string(), z.number()]).optional();
const otterSpeaker = z.object({ id, speaker_id: id, speaker_name: z.string() });

/**
 * A decoder of Otter's turns that names speakers from the file's own list of them. Otter publishes no schema: the
 * field names are those its web application exchanges.
 */
export function otterTurns(speakers: readonly unknown[]): z.ZodType<SegmentDraft> {
  const names = new Map<string | number, string>();
  for (const entry of speakers) {
    const speaker = otterSpeaker.safeParse(entry).data;
    for (const key of [speaker?.id, speaker?.speaker_id]) {
      if (speaker && key !== undefined) names.set(key, speaker.speaker_name);
    }
  }
  return otterTurn.transform((turn) =>
    toDraft({
      start: turn.start_offset / SAMPLES_PER_SECOND,
      end: turn.end_offset / SAMPLES_PER_SECOND,
      text: turn.transcript,
      speaker:
        turn.speaker_name ??
        names.get(turn.speaker_id ?? '') ??
        numberedSpeaker(turn.speaker_model_label ?? turn.label ?? turn.speaker_id),
    }),
  );
}
