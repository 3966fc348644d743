import { type RefusedCaptions, refuse } from './captions-result.ts';
import { cuesToDrafts } from './cue-segments.ts';
import { readCueText } from './cue-text.ts';
import type { ParsedCaptions } from './parsed-captions.ts';
import { parseVtt } from './vtt-parser.ts';
import type { WarningLog } from './warning-log.ts';

/** Reads WebVTT as Teams, Zoom, Meet and YouTube write it. Refuses with `NOT_VTT`, `BROKEN_CUES`. */
export function readVtt(text: string, warnings: WarningLog): ParsedCaptions | RefusedCaptions {
  const file = parseVtt(text);
  if (!file) return refuse('NOT_VTT', 'Line 1 must be "WEBVTT". Export the captions again as WebVTT.', 1);
  for (const line of file.brokenLines) {
    warnings.add(
      'BROKEN_CUE',
      'This timing cannot be read; write it like 00:01:02.345 --> 00:01:04.000.',
      line,
    );
  }
  const [firstBroken] = file.brokenLines;
  if (file.cues.length === 0 && firstBroken !== undefined) {
    const advice = 'Write it like 00:01:02.345 --> 00:01:04.000 (a dot before the milliseconds).';
    return refuse(
      'BROKEN_CUES',
      `No cue has a readable timing; the first is on line ${firstBroken}. ${advice}`,
      firstBroken,
    );
  }
  const drafts = cuesToDrafts(file.cues.map((cue) => ({ ...cue, turns: readCueText(cue.text) })));
  const languageHint = languageOf(file.header);
  return { ok: true, timed: true, drafts, ...(languageHint !== undefined && { languageHint }) };
}

function languageOf(header: readonly string[]): string | undefined {
  return header
    .map((line) => /^Language:\s*([A-Za-z]{2,3}(?:-[A-Za-z\d]{2,8})*)\s*$/.exec(line)?.[1])
    .find(Boolean);
}
