import { describe, expect, it } from 'vitest';
import { findDecisions } from './decisions.ts';
import { splitSentences } from './sentences.ts';

function decided(...texts: string[]): string[] {
  const segments = texts.map((text, index) => ({
    id: `s${index}`,
    startMs: index * 5000,
    endMs: index * 5000 + 1000,
    text,
    speakerLabel: '',
  }));
  return findDecisions([...splitSentences(segments)], segments).map((decision) => decision.text);
}

describe('findDecisions', () => {
  it.each([
    'We agreed to move the launch to May.',
    "Let's go with the second design for now.",
    'The motion was carried by a large majority.',
    '서비스 알림은 기본 켜기로 결정합니다.',
    '출시일은 3월 18일 수요일로 미루기로 하겠습니다.',
    '성수로 우선 협상하는 걸로 정하겠습니다.',
  ])('takes "%s" as a possible decision', (text) => {
    expect(decided(text)).toEqual([text]);
  });

  it.each([
    'Have we decided on the launch date?',
    "We haven't decided on the launch date yet.",
    'We need to decide on the launch date.',
    '회의실은 다섯 개로 하기로 지난번에 결정했었죠.',
    '그건 계약이 확정되면 그때 정하죠.',
    '다음 회의는 3월 11일 오전 10시로 하겠습니다.',
  ])('does not take "%s" as one', (text) => {
    expect(decided(text)).toEqual([]);
  });

  it('keeps at most five, in time order', () => {
    const texts = Array.from({ length: 9 }, (_, at) => `We agreed to build feature ${at} this spring.`);
    expect(decided(...texts)).toEqual(texts.slice(4));
  });
});
