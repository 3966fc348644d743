import {
  SELECTION,
  selectStatements,
  statementScores,
} from '../../subgraphs/ai/src/domain/analysis/key-statements.ts';
import ranker from '../../subgraphs/ai/src/domain/analysis/models/summary-ranker.json' with { type: 'json' };
import { FEATURE_NAMES } from '../../subgraphs/ai/src/domain/analysis/summary-features.ts';
import type { PreparedMeeting } from './prepared.ts';
import { type Rouge, rouge } from './rouge.ts';
import { learnWithout } from './summary-ranker.ts';

/** A way to choose at most 140 words of a meeting. */
export interface SummaryMethod {
  readonly name: string;
  readonly choose: (meeting: PreparedMeeting) => readonly string[];
}

/** ROUGE of one method on every meeting, and the most words it took. */
export interface SummaryScores {
  readonly name: string;
  readonly results: readonly Rouge[];
  readonly mostWords: number;
}

/** What serves TextRank best on these meetings; the ranker has its own. */
const TEXT_RANK_LAMBDA = 0.6;
const TEXT_RANK = FEATURE_NAMES.map((name) => Number(name === 'textRank'));

/**
 * What is compared. A meeting that the shipped weights were learned from is scored with weights that were learned without
 * it, in the same way; any other one with the shipped weights.
 * @param learned every meeting that the shipped weights come from; none when the corpora are not here.
 */
export function summaryMethods(learned: readonly PreparedMeeting[]): SummaryMethod[] {
  const seen = new Set(learned.map(({ meeting }) => meeting.id));
  const weightsFor = (id: string): readonly number[] =>
    seen.has(id) ? learnWithout(id, learned) : ranker.weights;
  return [
    { name: 'LEAD', choose: lead },
    { name: 'TextRank', choose: (meeting) => ranked(meeting, TEXT_RANK, 1) },
    { name: 'TextRank + MMR', choose: (meeting) => ranked(meeting, TEXT_RANK, TEXT_RANK_LAMBDA) },
    {
      name: 'Hoerok: ranker + MMR',
      choose: (one) => ranked(one, weightsFor(one.meeting.id), SELECTION.lambda),
    },
  ];
}

/** Scores a method on meetings that have a reference. */
export function scoreSummaries(
  { name, choose }: SummaryMethod,
  meetings: readonly PreparedMeeting[],
): SummaryScores {
  const chosen = meetings.map(choose);
  return {
    name,
    results: meetings.map(({ meeting }, at) => rouge(chosen[at] ?? [], meeting.reference)),
    mostWords: Math.max(0, ...chosen.map(wordsIn)),
  };
}

/** Mean over the meetings. */
export function meanOf({ results }: SummaryScores, key: keyof Rouge): number {
  return results.reduce((sum, result) => sum + result[key], 0) / Math.max(results.length, 1);
}

/** Words between white space. */
export function wordsIn(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.split(/\s+/u).filter((word) => word !== '').length, 0);
}

/** The first words of the meeting, the last sentence cut at the budget: the strongest form of this baseline. */
function lead({ sentences }: PreparedMeeting): string[] {
  let room = SELECTION.budgetWords;
  return sentences.flatMap(({ text }) => {
    const words = text.split(' ').slice(0, room);
    room -= words.length;
    return words.length === 0 ? [] : [words.join(' ')];
  });
}

function ranked(
  { sentences, features }: PreparedMeeting,
  weights: readonly number[],
  lambda: number,
): string[] {
  const scores = statementScores(features, weights);
  const chosen = selectStatements(sentences, scores, features.vectors, { ...SELECTION, lambda });
  return chosen.map((at) => sentences[at]?.text ?? '');
}
