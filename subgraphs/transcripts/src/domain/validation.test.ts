import { describe, expect, it } from 'vitest';
import { validationMessage } from './validation-message.ts';
import { type CheckedSegment, createTranscriptChecker, VALIDATION_RULES } from './validation.ts';

const SENTENCE = 'We agreed to send the offer to the customer on Friday.';

const segment = (place: number, extra: Partial<CheckedSegment> = {}): CheckedSegment => ({
  id: `s${place}`,
  startMs: place * 5_000,
  endMs: place * 5_000 + 4_500,
  text: `${SENTENCE} That is number ${place}.`,
  confidence: null,
  speakerId: 'dana',
  ...extra,
});
const findingsOf = (
  segments: readonly CheckedSegment[],
  labels = new Map<string, string>(),
): [string, string][] => {
  const checker = createTranscriptChecker(labels);
  return segments.flatMap((one) => checker.check(one)).map(({ segmentId, rule }) => [segmentId, rule]);
};

describe('the validation of a transcript', () => {
  it('finds nothing in ordinary speech, English or Korean', () => {
    const korean = segment(3, { text: '다음 주 금요일까지 고객에게 견적서를 보내기로 했습니다.' });
    expect(findingsOf([segment(0), segment(1), segment(2), korean, segment(4)])).toEqual([]);
  });

  it('finds a silence of more than a minute, counted from the latest end', () => {
    const long = segment(0, { endMs: 30_000 });
    const after = segment(1, { startMs: 27_500, endMs: 32_000 });
    expect(findingsOf([long, after, segment(2, { startMs: 91_000, endMs: 95_000 })])).toEqual([]);
    expect(findingsOf([long, segment(2, { startMs: 90_001, endMs: 95_000 })])).toEqual([['s2', 'GAP']]);
  });

  it('finds a segment that begins long before the one before it ends', () => {
    const early = segment(1, { startMs: 1_000, endMs: 9_000 });
    expect(findingsOf([segment(0), early])).toEqual([['s1', 'OVERLAP']]);
  });

  it('finds a voice without a name once, and each change to an unnamed one', () => {
    const labels = new Map([
      ['x', 'Speaker 1'],
      ['y', '참석자 2'],
      ['z', 'Dana Lee'],
    ]);
    const speakers = ['x', 'z', 'x', 'y', null, null, 'z', null];
    const segments = speakers.map((speakerId, place) => segment(place, { speakerId }));
    expect(findingsOf(segments, labels)).toEqual(
      ['s0', 's3', 's4', 's7'].map((id) => [id, 'UNKNOWN_SPEAKER']),
    );
  });

  it('finds what was hard to hear, what has no words, and what nobody can say so fast or so slow', () => {
    expect(findingsOf([segment(0, { confidence: 0.59 })])).toEqual([['s0', 'LOW_CONFIDENCE']]);
    expect(findingsOf([segment(0, { confidence: 0.6 })])).toEqual([]);
    expect(findingsOf([segment(0, { text: '[music] … (laughs)' })])).toEqual([['s0', 'EMPTY']]);
    expect(findingsOf([segment(0, { endMs: 1_500 })])).toEqual([['s0', 'TOO_FAST']]);
    expect(findingsOf([segment(0, { text: 'Let us have a break.', endMs: 60_000 })])).toEqual([
      ['s0', 'TOO_SLOW'],
    ]);
  });

  it('finds the third of equal segments, and words that go in circles within one', () => {
    const same = [0, 1, 2, 3].map((place) => segment(place, { text: SENTENCE }));
    expect(findingsOf(same)).toEqual([
      ['s2', 'REPEATED'],
      ['s3', 'REPEATED'],
    ]);
    const circles = 'thank you for watching thank you for watching thank you for watching';
    expect(findingsOf([segment(0, { text: circles, endMs: 9_000 })])).toEqual([['s0', 'REPEATED']]);
    expect(findingsOf([segment(0, { text: 'No no no no, that is fine.' })])).toEqual([]);
  });

  it('says in Korean and English what it has found', () => {
    for (const rule of VALIDATION_RULES) {
      expect(validationMessage(rule, 2, 'ko-KR')).toMatch(/\p{Script=Hangul}/u);
      expect(validationMessage(rule, 2, 'mul')).toMatch(/^[\p{ASCII}]+$/u);
    }
    expect(validationMessage('GAP', 75_400, 'en')).toContain('75 seconds');
  });
});
