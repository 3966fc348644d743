import { setImmediate } from 'node:timers/promises';
import { findActionItems } from './action-items.ts';
import { findAppointments } from './appointments.ts';
import { findDecisions } from './decisions.ts';
import type { AnalysisRequest, DraftMinutes } from './draft-minutes.ts';
import { findKeyStatements } from './key-statements.ts';
import { findKeywords } from './keywords.ts';
import { findOpenQuestions } from './open-questions.ts';
import { composeOverview } from './overview.ts';
import { indexPeople } from './people.ts';
import { hangulShare, type Sentence, splitSentences } from './sentences.ts';
import { summaryFeatures } from './summary-features.ts';
import { tabulateTerms } from './terms.ts';

const STAGES = [
  'sentences',
  'terms',
  'keywords',
  'measures',
  'statements',
  'decisions',
  'questions',
  'actions',
  'appointments',
] as const;
const SENTENCES_PER_TURN = 250;
const KOREAN_SHARE = 0.9;
const ENGLISH_SHARE = 0.1;

/**
 * Extracts draft minutes from a transcript by counting and rules: no model writes a word of it, and every item quotes
 * its source. The same request always gives the same minutes. Gives way to the event loop between stages. Rejects with
 * the signal's reason when aborted, and with RangeError for an invalid `startedAt` or `timeZone`.
 */
export async function analyzeMeeting(request: AnalysisRequest): Promise<DraftMinutes> {
  const { segments } = request;
  const stage = async (name: (typeof STAGES)[number]): Promise<void> => {
    request.onStage?.(name, STAGES.indexOf(name) / STAGES.length);
    await giveWay(request.signal);
  };
  const people = indexPeople(request.participants);
  await stage('sentences');
  const sentences = await splitInTurns(request);
  await stage('terms');
  const table = tabulateTerms(sentences);
  await stage('keywords');
  const keywords = findKeywords(sentences, segments, table, people);
  await stage('measures');
  const features = summaryFeatures(sentences, table);
  await stage('statements');
  const points = findKeyStatements(sentences, segments, features, keywords);
  await stage('decisions');
  const decisions = findDecisions(sentences, segments);
  await stage('questions');
  const openQuestions = findOpenQuestions(sentences, segments);
  await stage('actions');
  const actionItems = findActionItems(request, sentences, people);
  await stage('appointments');
  const schedule = findAppointments(request, sentences, people);
  const found = { points, decisions, openQuestions, actionItems, schedule, keywords };
  const language = request.language === 'und' ? spokenLanguage(sentences) : request.language;
  return {
    language,
    overview: composeOverview(segments, found, overviewLanguage(language, sentences)),
    ...found,
  };
}

/** Lets timers and sockets have their turn, then stops if the caller no longer wants the result. */
async function giveWay(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}

/** Splitting costs most of all stages, so it pauses on its way. */
async function splitInTurns({ segments, signal }: AnalysisRequest): Promise<Sentence[]> {
  const sentences: Sentence[] = [];
  for (const sentence of splitSentences(segments)) {
    sentences.push(sentence);
    if (sentences.length % SENTENCES_PER_TURN === 0) await giveWay(signal);
  }
  return sentences;
}

function koreanShareOf(sentences: readonly Sentence[]): number {
  const letters = sentences.reduce((sum, { text }) => sum + text.length, 0);
  const korean = sentences.reduce((sum, { text }) => sum + text.length * hangulShare(text), 0);
  return letters === 0 ? 0 : korean / letters;
}

function spokenLanguage(sentences: readonly Sentence[]): string {
  const share = koreanShareOf(sentences);
  if (share >= KOREAN_SHARE) return 'ko';
  return share <= ENGLISH_SHARE ? 'en' : 'mul';
}

/** A mixed meeting is described in the language most of it was held in. */
function overviewLanguage(language: string, sentences: readonly Sentence[]): string {
  if (language === 'mul') return koreanShareOf(sentences) > 0.5 ? 'ko' : 'en';
  return language.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
