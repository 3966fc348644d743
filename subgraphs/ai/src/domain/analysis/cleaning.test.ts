import { describe, expect, it } from 'vitest';
import { cleanSpeech, statementText } from './cleaning.ts';

describe('cleanSpeech', () => {
  it.each([
    ['Um I think {vocalsound} we we should uh go', 'I think we should go'],
    ['we are we are going to to ship it', 'we are going to ship it'],
    ['just stick to just stick to buttons', 'just stick to buttons'],
    ['th think of it {disfmarker} as a plan .', 'think of it as a plan.'],
    ['음, 결제 실패는 대부분 타임아웃이에요.', '결제 실패는 대부분 타임아웃이에요.'],
  ])('cleans "%s"', (said, cleaned) => {
    expect(cleanSpeech(said)).toBe(cleaned);
  });

  it('keeps repeated numbers and short words that begin the next one', () => {
    expect(cleanSpeech('call 10 10 20 in India, a apple')).toBe('call 10 10 20 in India, a apple');
  });

  it('leaves nothing of a sentence made of marks and fillers', () => {
    expect(cleanSpeech('{vocalsound} Um . {disfmarker}')).toBe('');
  });
});

describe('statementText', () => {
  it('drops leading fillers and begins with a capital', () => {
    expect(statementText('okay, so then we ship on Friday.')).toBe('We ship on Friday.');
    expect(statementText('네, 제가 문의해 놓겠습니다.')).toBe('제가 문의해 놓겠습니다.');
  });

  it('keeps a sentence that is nothing but such words', () => {
    expect(statementText('okay, yeah.')).toBe('Okay, yeah.');
  });

  it('keeps the small letter of a name with a digit', () => {
    expect(statementText('v2 goes away')).toBe('v2 goes away');
  });
});
