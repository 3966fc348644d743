import type { AnalysisSegment, DraftMinutes } from './draft-minutes.ts';

const MS_PER_MINUTE = 60_000;
const MAX_WORDS = 5;

type Found = Pick<DraftMinutes, 'keywords' | 'decisions' | 'openQuestions' | 'actionItems'>;

interface Facts {
  readonly minutes: number;
  readonly speakers: number;
  readonly words: string;
  readonly decisions: number;
  readonly actions: number;
  readonly questions: number;
}

function factsOf(segments: readonly AnalysisSegment[], found: Found): Facts {
  const startMs = segments.reduce((least, segment) => Math.min(least, segment.startMs), Infinity);
  const endMs = segments.reduce((most, segment) => Math.max(most, segment.endMs), 0);
  return {
    minutes: segments.length === 0 ? 0 : Math.max(1, Math.round((endMs - startMs) / MS_PER_MINUTE)),
    speakers: new Set(segments.map((segment) => segment.speakerLabel).filter((label) => label !== '')).size,
    words: found.keywords
      .slice(0, MAX_WORDS)
      .map((keyword) => keyword.text)
      .join(', '),
    decisions: found.decisions.length,
    actions: found.actionItems.length,
    questions: found.openQuestions.length,
  };
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function english(facts: Facts): string {
  const length = counted(facts.minutes, 'minute');
  const who = facts.speakers === 0 ? '' : `, ${counted(facts.speakers, 'speaker')}`;
  const about = facts.words === '' ? '' : ` Most discussed: ${facts.words}.`;
  const results = [
    counted(facts.decisions, 'possible decision'),
    counted(facts.actions, 'suggested action item'),
    counted(facts.questions, 'open question'),
  ];
  return `${length}${who}.${about} Found: ${results.join(', ')}.`;
}

function korean(facts: Facts): string {
  const who = facts.speakers === 0 ? '' : `, 발언자 ${facts.speakers}명`;
  const about = facts.words === '' ? '' : ` 주요 단어: ${facts.words}.`;
  const results = `가능한 결정 ${facts.decisions}건, 할 일 제안 ${facts.actions}건, 미해결 질문 ${facts.questions}건`;
  return `${facts.minutes}분${who}.${about} 찾은 것: ${results}.`;
}

/** Two or three sentences of facts, in Korean for `ko`, else in English. Nothing in it is invented or rephrased. */
export function composeOverview(
  segments: readonly AnalysisSegment[],
  found: Found,
  language: string,
): string {
  if (segments.length === 0) return language === 'ko' ? '발언이 없습니다.' : 'Nothing was said.';
  const facts = factsOf(segments, found);
  return language === 'ko' ? korean(facts) : english(facts);
}
