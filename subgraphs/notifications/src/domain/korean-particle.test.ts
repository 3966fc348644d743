import { expect, it } from 'vitest';
import { particleAfter } from './korean-particle.ts';

it.each([
  ['회의', '가', '를'],
  ['주간 회의', '가', '를'],
  ['디자인 검토', '가', '를'],
  ['출시 계획', '이', '을'],
  ['견적서 보내기', '가', '를'],
  ['예산안', '이', '을'],
  ['값', '이', '을'],
])('chooses the form for “%s” by its final consonant', (word, subject, object) => {
  expect(particleAfter(word, '이/가')).toBe(subject);
  expect(particleAfter(word, '을/를')).toBe(object);
});

it.each([
  ['스프린트 10', '이'],
  ['스프린트 12', '가'],
  ['1분기 계획 3', '이'],
  ['안건 6', '이'],
  ['안건 9', '가'],
])('reads the digit at the end of “%s”', (word, subject) => {
  expect(particleAfter(word, '이/가')).toBe(subject);
});

it('skips quotes and punctuation at the end', () => {
  expect(particleAfter('계약서를 확인해 주세요.', '을/를')).toBe('를');
  expect(particleAfter('정산(초안)', '이/가')).toBe('이');
});

it('gives both forms where letters do not tell how the word is read', () => {
  expect(particleAfter('Release sync', '이/가')).toBe('이(가)');
  expect(particleAfter('🗓️', '을/를')).toBe('을(를)');
  expect(particleAfter('', '을/를')).toBe('을(를)');
});
