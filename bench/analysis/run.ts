// Prints what the local analysis measures on real meetings. Run: node bench/analysis/run.ts
import { availableParallelism, cpus } from 'node:os';
import { actionCandidates } from '../../subgraphs/ai/src/domain/analysis/action-candidates.ts';
import { analyzeMeeting } from '../../subgraphs/ai/src/domain/analysis/analyze-meeting.ts';
import type { DraftItem } from '../../subgraphs/ai/src/domain/analysis/draft-minutes.ts';
import {
  SELECTION,
  selectStatements,
  statementScores,
} from '../../subgraphs/ai/src/domain/analysis/key-statements.ts';
import { indexPeople } from '../../subgraphs/ai/src/domain/analysis/people.ts';
import { FEATURE_NAMES } from '../../subgraphs/ai/src/domain/analysis/summary-features.ts';
import { type AnnotatedMeeting, corporaPresent, qmsumMeetings, requestFor } from './corpora.ts';
import { type PreparedMeeting, preparedCorpora } from './prepared.ts';
import { type Rouge, rouge } from './rouge.ts';
import { learnWithout } from './summary-ranker.ts';

const TOP = 5;
const SPEED_ROUNDS = 5;

const wordsIn = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + text.split(/\s+/u).filter((word) => word !== '').length, 0);
const percent = (part: number, whole: number): string => `${Math.round((100 * part) / Math.max(whole, 1))} %`;
const row = (...cells: readonly (string | number)[]): void =>
  console.log(
    `| ${cells.map((cell, at) => String(cell)[at === 0 ? 'padEnd' : 'padStart'](at === 0 ? 34 : 9)).join(' | ')} |`,
  );

/** The first words of the meeting, the last sentence cut at the budget: the strongest form of this baseline. */
function lead({ sentences }: PreparedMeeting): string[] {
  let room = SELECTION.budgetWords;
  return sentences.flatMap(({ text }) => {
    const words = text.split(' ').slice(0, room);
    room -= words.length;
    return words.length === 0 ? [] : [words.join(' ')];
  });
}

function ranked({ sentences, features }: PreparedMeeting, weights: readonly number[]): string[] {
  const chosen = selectStatements(sentences, statementScores(features, weights), features.vectors, SELECTION);
  return chosen.map((at) => sentences[at]?.text ?? '');
}

function printSummaries(qmsum: readonly PreparedMeeting[], ami: readonly PreparedMeeting[]): void {
  const textRank = FEATURE_NAMES.map((name) => Number(name === 'textRank'));
  const methods: readonly [string, (meeting: PreparedMeeting) => string[]][] = [
    ['LEAD', lead],
    ['TextRank + MMR', (meeting) => ranked(meeting, textRank)],
    [
      'ranker + MMR, meeting held out',
      (one) => ranked(one, learnWithout(one.meeting.id, [...qmsum, ...ami])),
    ],
  ];
  console.log(`\nKey statements: ${qmsum.length} QMSum meetings, at most ${SELECTION.budgetWords} words\n`);
  row('method', 'ROUGE-1', 'ROUGE-2', 'ROUGE-L', 'words');
  row('---', '---', '---', '---', '---');
  const scores = methods.map(([name, method]) => {
    const texts = qmsum.map(method);
    const results = qmsum.map(({ meeting }, at) => rouge(texts[at] ?? [], meeting.reference));
    const mean = (key: keyof Rouge): string =>
      (results.reduce((sum, result) => sum + result[key], 0) / results.length).toFixed(1);
    row(name, mean('rouge1'), mean('rouge2'), mean('rougeLsum'), Math.max(...texts.map(wordsIn)));
    return results;
  });
  console.log('\nROUGE-1 by meeting\n');
  row('meeting', ...methods.map(([name]) => name.split(/[ ,]/u)[0] ?? ''));
  row('---', '---', '---', '---');
  for (const [at, { meeting }] of qmsum.entries()) {
    row(meeting.id, ...scores.map((results) => (results[at]?.rouge1 ?? 0).toFixed(1)));
  }
}

interface Hits {
  readonly offered: number;
  readonly right: number;
  readonly found: number;
  readonly gold: number;
}

/** An offer is right when it quotes evidence of a reference item; an item is found when an offer quotes it. */
function hitsOf(offers: readonly (readonly string[])[], gold: readonly (readonly string[])[]): Hits {
  const wanted = new Set(gold.flat());
  const quoted = new Set(offers.flat());
  return {
    offered: offers.length,
    right: offers.filter((ids) => ids.some((id) => wanted.has(id))).length,
    found: gold.filter((ids) => ids.some((id) => quoted.has(id))).length,
    gold: gold.length,
  };
}

function printHits(name: string, hits: readonly Hits[]): void {
  const total = (key: keyof Hits): number => hits.reduce((sum, hit) => sum + hit[key], 0);
  row(
    name,
    percent(total('found'), total('gold')),
    percent(total('right'), total('offered')),
    (total('offered') / hits.length).toFixed(1),
    total('gold'),
  );
}

const idsOf = (items: readonly DraftItem[]): string[][] =>
  items.map((item) => item.evidence.map((part) => part.segmentId));

function topCandidates({ meeting, sentences }: PreparedMeeting<AnnotatedMeeting>): string[][] {
  return actionCandidates(sentences, indexPeople([]), () => false)
    .toSorted((left, right) => right.confidence - left.confidence)
    .slice(0, TOP)
    .map(({ at }) =>
      (sentences[at]?.spans ?? []).map((span) => meeting.segments[span.segmentIndex]?.id ?? ''),
    );
}

async function printItems(ami: readonly PreparedMeeting<AnnotatedMeeting>[]): Promise<void> {
  const minutes = await Promise.all(ami.map(({ meeting }) => analyzeMeeting(requestFor(meeting))));
  const gold = (key: 'actions' | 'decisions', offers: (at: number) => string[][]): Hits[] =>
    ami.map(({ meeting }, at) => hitsOf(offers(at), meeting[key]));
  console.log(`\nItems: ${ami.length} AMI meetings, counted by evidence\n`);
  row('kind', 'recall', 'precision', 'a meeting', 'gold');
  row('---', '---', '---', '---', '---');
  const best = gold('actions', (at) => topCandidates(ami[at] as PreparedMeeting<AnnotatedMeeting>));
  printHits(`action items, best ${TOP} candidates`, best);
  printHits(
    'action items, as suggested',
    gold('actions', (at) => idsOf(minutes[at]?.actionItems ?? [])),
  );
  printHits(
    'possible decisions',
    gold('decisions', (at) => idsOf(minutes[at]?.decisions ?? [])),
  );
  console.log('\nAction items by meeting\n');
  row('meeting', `found @${TOP}`, `right @${TOP}`);
  row('---', '---', '---');
  for (const [at, { meeting }] of ami.entries()) {
    row(meeting.id, `${best[at]?.found}/${best[at]?.gold}`, `${best[at]?.right}/${best[at]?.offered}`);
  }
}

async function printSpeed(): Promise<void> {
  const requests = qmsumMeetings().map(requestFor);
  const words = wordsIn(requests.flatMap((request) => request.segments.map((segment) => segment.text)));
  const rates: number[] = [];
  for (let round = 0; round < SPEED_ROUNDS; round += 1) {
    const startedMs = performance.now();
    for (const request of requests) await analyzeMeeting(request);
    rates.push((1000 * words) / (performance.now() - startedMs));
  }
  const median = rates.toSorted((left, right) => left - right)[Math.floor(SPEED_ROUNDS / 2)] ?? 0;
  const machine = `${availableParallelism()} x ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}`;
  console.log(
    `\nSpeed, whole analysis: ${Math.round(median)} words/s (median of ${SPEED_ROUNDS}; first ${Math.round(rates[0] ?? 0)})`,
  );
  console.log(`Machine: ${machine}`);
}

if (!corporaPresent()) {
  console.log('The corpora are not here: expected ../shared/data beside the repository. Nothing measured.');
} else {
  await printSpeed();
  const { qmsum, ami } = preparedCorpora();
  printSummaries(qmsum, ami);
  await printItems(ami);
}
