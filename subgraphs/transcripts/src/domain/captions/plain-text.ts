import { oneLine } from './cue-text.ts';
import type { ParsedCaptions } from './parsed-captions.ts';
import type { SegmentDraft } from './segment-list.ts';
import { learnSpeakerLabels, type SpeakerLabels } from './speaker-labels.ts';
import { estimateSpeechMs } from './speech-pace.ts';
import { readTextLine, type TextLine } from './text-line.ts';
import type { WarningLog } from './warning-log.ts';

const LABELED_SHARE = 0.2;

interface TextTurn {
  readonly speaker: string | undefined;
  readonly startMs: number | undefined;
  readonly sourceLine: number;
  readonly lines: string[];
}

/**
 * Reads plain text: "Name: text", "[00:01:02] Name: text", "Name (00:01:02): text", and Otter's headings
 * ("Name  0:12" above the text). A line without a speaker continues the turn before; after a blank line it begins a
 * new segment of the same speaker. A time lasts until the next one; times that are missing are estimated with
 * {@link estimateSpeechMs}, and then `timed` is false. Without any speaker each paragraph is a segment.
 */
export function readPlainText(text: string, warnings: WarningLog): ParsedCaptions {
  const lines = text.split(/\r\n|\r|\n/).map((line) => readTextLine(oneLine(line), line));
  const unnamed = lines.filter((line) => line.text !== '' && line.speaker === undefined);
  const labels = learnSpeakerLabels(
    unnamed.map((line) => [line.text]),
    LABELED_SHARE,
  );
  const turns = collectTurns(lines, labels);
  const spoken = dropPreamble(turns, warnings);
  const untimed = spoken.filter((turn) => turn.startMs === undefined).length;
  if (untimed > 0 && untimed < spoken.length) {
    const message = `${untimed} of ${spoken.length} turns have no time; theirs are estimated.`;
    warnings.add('UNTIMED_TURNS', message, spoken.find((turn) => turn.startMs === undefined)?.sourceLine);
  }
  return { ok: true, timed: untimed === 0, drafts: placeInTime(spoken) };
}

function collectTurns(lines: readonly TextLine[], labels: SpeakerLabels): TextTurn[] {
  const turns: TextTurn[] = [];
  let afterBlank = true;
  for (const [index, line] of lines.entries()) {
    const { speaker, text } = line.speaker === undefined ? labels.split(line.text) : line;
    const last = turns.at(-1);
    if (speaker !== undefined || line.startMs !== undefined) {
      turns.push({ speaker, startMs: line.startMs, sourceLine: index + 1, lines: [text] });
    } else if (text !== '' && last && (!afterBlank || last.lines.join('') === '')) last.lines.push(text);
    else if (text !== '')
      turns.push({ speaker: last?.speaker, startMs: undefined, sourceLine: index + 1, lines: [text] });
    afterBlank = text === '' && speaker === undefined;
  }
  return turns.filter((turn) => turn.lines.join('') !== '');
}

/** A title, a date or a list of names before the first speaker is not speech. */
function dropPreamble(turns: TextTurn[], warnings: WarningLog): TextTurn[] {
  const first = turns.findIndex((turn) => turn.speaker !== undefined || turn.startMs !== undefined);
  const [opening] = turns;
  if (first <= 0 || !opening) return turns;
  const until = (turns[first]?.sourceLine ?? 1) - 1;
  const where =
    opening.sourceLine === until ? `Line ${until} comes` : `Lines ${opening.sourceLine} to ${until} come`;
  warnings.add('PREAMBLE_SKIPPED', `${where} before the first speaker; left out.`, opening.sourceLine);
  return turns.slice(first);
}

function placeInTime(turns: readonly TextTurn[]): SegmentDraft[] {
  const drafts: SegmentDraft[] = [];
  let clockMs = 0;
  for (const [index, turn] of turns.entries()) {
    const text = turn.lines.join(' ');
    const startMs = turn.startMs ?? clockMs;
    const nextMs = turns[index + 1]?.startMs;
    const lastsUntilNext = turn.startMs !== undefined && nextMs !== undefined && nextMs > startMs;
    const endMs = lastsUntilNext ? nextMs : startMs + estimateSpeechMs(text);
    drafts.push({
      startMs,
      endMs,
      text,
      sourceLine: turn.sourceLine,
      ...(turn.speaker !== undefined && { speakerLabel: turn.speaker }),
    });
    clockMs = endMs;
  }
  return drafts;
}
