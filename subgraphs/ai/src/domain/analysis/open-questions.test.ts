import { describe, expect, it } from 'vitest';
import { findOpenQuestions } from './open-questions.ts';
import { splitSentences } from './sentences.ts';

function open(...turns: [speakerLabel: string, text: string][]): { text: string; evidence: string[] }[] {
  const segments = turns.map(([speakerLabel, text], index) => ({
    id: `s${index}`,
    startMs: index * 5000,
    endMs: index * 5000 + 1000,
    text,
    speakerLabel,
  }));
  const found = findOpenQuestions([...splitSentences(segments)], segments);
  return found.map(({ text, evidence }) => ({ text, evidence: evidence.map((part) => part.segmentId) }));
}

describe('findOpenQuestions', () => {
  it('finds what speakers call open', () => {
    expect(open(['A', 'We still need to decide who pays for the venue.'])).toHaveLength(1);
    expect(open(['A', '법무팀 확인이 필요한 부분이 두 가지 있습니다.'])).toHaveLength(1);
  });

  it('finds a question that the answer puts off, with both as evidence', () => {
    expect(open(['A', 'How much will the new server cost us?'], ['B', "I don't know yet."])).toEqual([
      { text: 'How much will the new server cost us?', evidence: ['s0', 's1'] },
    ]);
    expect(open(['A', '이사 업체는 어떻게 할까요?'], ['B', '그건 계약이 확정되면 정하죠.'])).toHaveLength(1);
  });

  it('passes over a question that is answered', () => {
    expect(open(['A', 'How much will the new server cost us?'], ['B', 'Two thousand a month.'])).toEqual([]);
  });

  it('keeps at most five', () => {
    expect(
      open(
        ...Array.from({ length: 9 }, (_, at): [string, string] => [
          'A',
          `Item ${at} is still unclear to all of us.`,
        ]),
      ),
    ).toHaveLength(5);
  });
});
