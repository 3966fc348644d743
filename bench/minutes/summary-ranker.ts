import { SELECTION } from '../../subgraphs/ai/src/domain/analysis/key-statements.ts';
import { ENGLISH_STOP_WORDS } from '../../subgraphs/ai/src/domain/analysis/stop-words.ts';
import type { PreparedMeeting } from './prepared.ts';
import { ridge } from './ridge.ts';
import { rougeTokens } from './rouge.ts';

/** Chosen once; penalties from 100 to 1000 give held-out ROUGE-1 within one point of each other. */
const PENALTY = 1000;
const LENGTH_OFFSET = 5;
const stopTokens = new Set([...ENGLISH_STOP_WORDS].flatMap(rougeTokens));

/** How much of the reference a sentence covers: its content words found there, over the root of its length. */
function targetsOf({ meeting, sentences }: PreparedMeeting): number[] {
  const wanted = new Set(rougeTokens(meeting.reference.join(' ')).filter((token) => !stopTokens.has(token)));
  const raw = sentences.map(({ text }) => {
    const tokens = rougeTokens(text);
    const hits = [...new Set(tokens)].filter((token) => wanted.has(token)).length;
    return hits / Math.sqrt(tokens.length + LENGTH_OFFSET);
  });
  const mean = raw.reduce((sum, value) => sum + value, 0) / raw.length;
  const deviation = Math.sqrt(raw.reduce((sum, value) => sum + (value - mean) ** 2, 0) / raw.length);
  return raw.map((value) => (value - mean) / (deviation || 1));
}

/** Learns the ranker's weights from the sentences of meetings that the selection may pick. */
export function learnRanker(meetings: readonly PreparedMeeting[]): number[] {
  const rows: Float64Array[] = [];
  const targets: number[] = [];
  for (const prepared of meetings) {
    const meetingTargets = targetsOf(prepared);
    for (const [at, { length }] of prepared.sentences.entries()) {
      const row = prepared.features.rows[at];
      if (row === undefined || length < SELECTION.minWords || length > SELECTION.maxWords) continue;
      rows.push(row);
      targets.push(meetingTargets[at] ?? 0);
    }
  }
  return ridge(rows, targets, PENALTY);
}

/** Learns from all meetings but those with the id, which the AMI and QMSum corpora may share. */
export function learnWithout(id: string, meetings: readonly PreparedMeeting[]): number[] {
  return learnRanker(meetings.filter(({ meeting }) => meeting.id !== id));
}
