import { describe, expect, it } from 'vitest';
import { findKeywords } from './keywords.ts';
import { indexPeople } from './people.ts';
import { splitSentences } from './sentences.ts';
import { koreanStem, tabulateTerms } from './terms.ts';

function keywordsOf(texts: string[], names: string[] = []): ReturnType<typeof findKeywords> {
  const segments = texts.map((text, index) => ({
    id: `s${index}`,
    startMs: index,
    endMs: index,
    text,
    speakerLabel: '',
  }));
  const sentences = [...splitSentences(segments)];
  const people = indexPeople(names.map((name) => ({ id: name, name, aliases: [] })));
  return findKeywords(sentences, segments, tabulateTerms(sentences), people);
}

describe('findKeywords', () => {
  it('finds words said in three sentences, under their usual form', () => {
    expect(
      keywordsOf(['The turbine failed.', 'Both turbines failed again?', 'Replace the turbine.']),
    ).toEqual([{ text: 'turbine', weight: 1, segmentIds: ['s0', 's1', 's2'] }]);
  });

  it('strips Korean particles', () => {
    const found = keywordsOf(['결제가 안 됩니다.', '결제를 고칩시다.', '결제는 중요합니다.']);
    expect(found.map((keyword) => keyword.text)).toEqual(['결제']);
    expect(['판교에서는', '앱은', '회의', '주까지', '올렸습니다'].map(koreanStem)).toEqual([
      '판교',
      '앱',
      '회의',
      '주',
      '',
    ]);
  });

  it('leaves out names of participants and stop words', () => {
    expect(keywordsOf(['Dana thinks so.', 'Ask Dana about it.', 'Dana is right.'], ['Dana Lee'])).toEqual([]);
  });

  it('ranks a word that all meetings share below a rare one', () => {
    const found = keywordsOf([
      'A question on the turbine.',
      'One question, one turbine.',
      'Turbine question.',
    ]);
    expect(found.map((keyword) => keyword.text.toLowerCase())).toEqual(['turbine', 'question']);
  });
});
