/**
 * `npm run bench:minutes -- [--data DIR]`: what the local analysis measures on real meetings, and whether it reaches the bars.
 * DIR has `qmsum/` and `ami/` in the form of the corpora, either may be absent. @default ../shared/data beside the checkout
 */
import { existsSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { analyzeMeeting } from '../../subgraphs/ai/src/domain/analysis/analyze-meeting.ts';
import type { DraftItem, DraftMinutes } from '../../subgraphs/ai/src/domain/analysis/draft-minutes.ts';
import { SELECTION } from '../../subgraphs/ai/src/domain/analysis/key-statements.ts';
import { type Bar, describeBar } from './bars.ts';
import {
  type AnnotatedMeeting,
  annotatedMeetings,
  CORPORA,
  qmsumMeetings,
  requestFor,
  type SummarizedMeeting,
} from './corpora.ts';
import { type Hits, hitsOf, sumHits } from './hits.ts';
import { type PreparedMeeting, prepare, preparedCorpora } from './prepared.ts';
import { meanOf, scoreSummaries, type SummaryScores, summaryMethods, wordsIn } from './summaries.ts';

const TOP = 5;
const WITHIN = 3;
const SPEED_ROUNDS = 5;

const percent = (part: number, whole: number): number => (100 * part) / Math.max(whole, 1);
const shown = (value: number): string => `${Math.round(value)} %`;
const row = (...cells: readonly (string | number)[]): void =>
  console.log(
    `| ${cells.map((cell, at) => String(cell)[at === 0 ? 'padEnd' : 'padStart'](at === 0 ? 40 : 9)).join(' | ')} |`,
  );
const head = (...cells: readonly string[]): void => {
  row(...cells);
  row(...cells.map(() => '---'));
};

function compareSummaries(
  meetings: readonly PreparedMeeting[],
  learned: readonly PreparedMeeting[],
): SummaryScores[] {
  const scores = summaryMethods(learned).map((method) => scoreSummaries(method, meetings));
  console.log(
    `\nKey statements: ${meetings.length} QMSum meetings, at most ${SELECTION.budgetWords} words\n`,
  );
  head('method', 'ROUGE-1', 'ROUGE-2', 'ROUGE-Ls', 'words');
  for (const one of scores) {
    const means = (['rouge1', 'rouge2', 'rougeLsum'] as const).map((key) => meanOf(one, key).toFixed(1));
    row(one.name, ...means, one.mostWords);
  }
  console.log('\nROUGE-1 by meeting\n');
  head('meeting', ...scores.map(({ name }) => name.slice(0, 9)));
  for (const [at, { meeting }] of meetings.entries())
    row(meeting.id, ...scores.map(({ results }) => (results[at]?.rouge1 ?? 0).toFixed(1)));
  return scores;
}

function judgeSummaries(scores: readonly SummaryScores[]): Bar[] {
  const [lead, textRank, diverse, ours] = scores;
  if (lead === undefined || textRank === undefined || diverse === undefined || ours === undefined) return [];
  const bar = (name: string, value: number, least: number): Bar => ({ name, value, least, unit: '' });
  const over = (other: SummaryScores): number => meanOf(ours, 'rouge1') - meanOf(other, 'rouge1');
  return [
    bar('ROUGE-1', meanOf(ours, 'rouge1'), 30),
    bar('ROUGE-2', meanOf(ours, 'rouge2'), 5),
    bar('ROUGE-Lsum', meanOf(ours, 'rougeLsum'), 26.5),
    bar('ROUGE-1 over LEAD', over(lead), 2),
    bar('ROUGE-1 over TextRank', over(textRank), 0),
    bar('mean of the three over TextRank + MMR', ofAllThree(ours) - ofAllThree(diverse), 0),
  ];
}

function ofAllThree(scores: SummaryScores): number {
  return (meanOf(scores, 'rouge1') + meanOf(scores, 'rouge2') + meanOf(scores, 'rougeLsum')) / 3;
}

/** The suggestions that come first when one goes by confidence. */
function mostConfident(items: readonly DraftItem[]): DraftItem[] {
  return items.toSorted((left, right) => right.confidence - left.confidence).slice(0, TOP);
}

function printHits(name: string, hits: readonly Hits[]): number {
  const { found, gold, right, offered } = sumHits(hits);
  const recall = percent(found, gold);
  row(name, shown(recall), shown(percent(right, offered)), (offered / hits.length).toFixed(1), gold);
  return recall;
}

function compareItems(meetings: readonly AnnotatedMeeting[], minutes: readonly DraftMinutes[]): Bar[] {
  const hits = (
    key: 'actions' | 'decisions',
    offered: (made: DraftMinutes) => readonly DraftItem[],
  ): Hits[] =>
    meetings.map(({ segments, ...meeting }, at) => {
      const made = minutes[at];
      const offers = made === undefined ? [] : offered(made).map(({ evidence }) => evidence);
      return hitsOf(
        segments.map(({ id }) => id),
        {
          offers: offers.map((evidence) => evidence.map(({ segmentId }) => segmentId)),
          gold: meeting[key],
          within: WITHIN,
        },
      );
    });
  console.log(`\nItems: ${meetings.length} AMI meetings, counted by evidence within ${WITHIN} utterances\n`);
  head('kind', 'found', 'right', 'a meeting', 'gold');
  const best = hits('actions', ({ actionItems }) => mostConfident(actionItems));
  const recall = printHits(`action items, the ${TOP} most confident`, best);
  printHits(
    'action items, as suggested',
    hits('actions', ({ actionItems }) => actionItems),
  );
  printHits(
    'possible decisions',
    hits('decisions', ({ decisions }) => decisions),
  );
  console.log('\nAction items by meeting\n');
  head('meeting', `found @${TOP}`, `right @${TOP}`);
  for (const [at, { id }] of meetings.entries()) {
    const { found = 0, gold = 0, right = 0, offered = 0 } = best[at] ?? {};
    row(id, `${found}/${gold}`, `${right}/${offered}`);
  }
  return [{ name: `action items found at ${TOP} a meeting`, value: recall, least: 60, unit: ' %' }];
}

/** The share of items, of all kinds, whose every quote is in its segment word for word. */
function verbatimShare(meetings: readonly SummarizedMeeting[], minutes: readonly DraftMinutes[]): Bar {
  let items = 0;
  let verbatim = 0;
  for (const [at, { segments }] of meetings.entries()) {
    const texts = new Map(segments.map(({ id, text }) => [id, text]));
    const {
      points = [],
      decisions = [],
      openQuestions = [],
      actionItems = [],
      schedule = [],
    } = minutes[at] ?? {};
    for (const { evidence } of [...points, ...decisions, ...openQuestions, ...actionItems, ...schedule]) {
      items += 1;
      const holds = evidence.every(
        ({ segmentId, quote, startChar, endChar }) =>
          quote !== '' && texts.get(segmentId)?.slice(startChar, endChar) === quote,
      );
      if (evidence.length > 0 && holds) verbatim += 1;
    }
  }
  console.log(`\n${items} items in ${meetings.length} meetings, ${verbatim} of them with verbatim evidence`);
  return { name: 'items with verbatim evidence', value: percent(verbatim, items), least: 100, unit: ' %' };
}

async function printSpeed(meetings: readonly SummarizedMeeting[]): Promise<void> {
  const requests = meetings.map(requestFor);
  const words = wordsIn(requests.flatMap(({ segments }) => segments.map(({ text }) => text)));
  const rates: number[] = [];
  for (let round = 0; round < SPEED_ROUNDS; round += 1) {
    const startedMs = performance.now();
    for (const request of requests) await analyzeMeeting(request);
    rates.push((1000 * words) / (performance.now() - startedMs));
  }
  const median = rates.toSorted((left, right) => left - right)[Math.floor(SPEED_ROUNDS / 2)] ?? 0;
  console.log(
    `Speed, whole analysis: ${Math.round(median)} words/s (median of ${SPEED_ROUNDS}; first ${Math.round(rates[0] ?? 0)})`,
  );
  const processor = cpus()[0]?.model ?? 'unknown processor';
  console.log(`Machine: ${availableParallelism()} x ${processor}, Node ${process.versions.node}`);
}

async function main(root: URL): Promise<void> {
  const summarized = qmsumMeetings(root).filter(({ reference }) => reference.length > 0);
  const annotated = annotatedMeetings('ami', root);
  const meetings = [...summarized, ...annotated];
  if (meetings.length === 0) {
    console.log('No meetings in qmsum/ or ami/ there. Nothing measured.');
    return;
  }
  const bars: Bar[] = [];
  await printSpeed(meetings);
  const learned = preparedCorpora();
  if (summarized.length > 0) {
    const prepared = summarized.map(prepare);
    bars.push(...judgeSummaries(compareSummaries(prepared, [...learned.qmsum, ...learned.ami])));
  }
  const minutes: DraftMinutes[] = [];
  for (const meeting of meetings) minutes.push(await analyzeMeeting(requestFor(meeting)));
  if (annotated.length > 0) bars.push(...compareItems(annotated, minutes.slice(summarized.length)));
  bars.push(verbatimShare(meetings, minutes));
  console.log(`\n${bars.map(describeBar).join('\n')}`);
}

const { values: flags } = parseArgs({ options: { data: { type: 'string' } } });
const root = flags.data === undefined ? CORPORA : pathToFileURL(`${resolve(flags.data)}/`);
if (existsSync(root)) await main(root);
else
  console.log(`There is no ${root.pathname}: name the folder of the corpora with --data. Nothing measured.`);
