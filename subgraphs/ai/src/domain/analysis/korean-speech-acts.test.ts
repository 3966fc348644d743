import { describe, expect, it } from 'vitest';
import { isAboutNow, isKoreanPromise, isKoreanRequest } from './korean-speech-acts.ts';

describe('isKoreanPromise', () => {
  it.each([
    '스테이징에 올리겠습니다.',
    '테스트를 다시 돌릴게요.',
    '견적서를 공유드리겠습니다.',
    '따로 얘기해 보겠습니다.',
    '제가 할게.',
  ])('takes "%s" as a promise', (text) => {
    expect(isKoreanPromise(text)).toBe(true);
  });

  it.each([
    '회의를 시작하겠습니다.',
    '다음 회의에서 다시 논의하겠습니다.',
    '네, 알겠습니다.',
    '출시일은 18일로 미루기로 하겠습니다.',
    '다음 주에 다시 모이겠습니다.',
    '여유가 있으면 좋겠어요.',
    '결과부터 말씀드릴게요.',
    '결과를 공유했습니다.',
    '그게 되게 좋아요.',
  ])('does not take "%s" as a promise', (text) => {
    expect(isKoreanPromise(text)).toBe(false);
  });

  it('tells what is done at once', () => {
    expect(isAboutNow('결과를 먼저 공유하겠습니다.')).toBe(true);
  });
});

describe('isKoreanRequest', () => {
  it('recognizes requests and not thanks', () => {
    expect(isKoreanRequest('견적을 받아 주세요.')).toBe(true);
    expect(isKoreanRequest('법무팀에 확인해 주실 수 있을까요?')).toBe(true);
    expect(isKoreanRequest('검토 부탁드립니다.')).toBe(true);
    expect(isKoreanRequest('수고하셨습니다.')).toBe(false);
  });
});
