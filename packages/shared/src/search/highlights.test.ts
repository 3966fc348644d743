import { describe, expect, it } from 'vitest';
import { highlightsOf, wordsOf } from './highlights.ts';
import { parseSearch } from './parse-search.ts';

/** Enough of a stemmer for these sentences. */
const stem = (word: string): string =>
  ['the', 'to'].includes(word) ? '' : word.replace(/(ning|ing|s|ed)$/, '');

function marked(text: string, query: string): string {
  const search = parseSearch(query);
  const stems = new Map(wordsOf(search, [text]).map((word) => [word, stem(word)]));
  return highlightsOf(text, search, stems).reduceRight(
    (left, { startChar, endChar }) =>
      `${left.slice(0, startChar)}[${left.slice(startChar, endChar)}]${left.slice(endChar)}`,
    text,
  );
}

describe('highlightsOf', () => {
  it.each([
    ['We shipped the Plans; planning ends.', 'plan', 'We shipped the [Plans]; [planning] ends.'],
    ['지난 회의록을 보냈고 새 회의록은 없다', '회의록', '지난 [회의록]을 보냈고 새 [회의록]은 없다'],
    ['주간 회의를 주간에, 회의도', '"주간 회의"', '[주간 회의]를 주간에, 회의도'],
    ['용돈이 돈이다', '돈', '용[돈]이 [돈]이다'],
    ['API를 쓰고 api 문서를', 'API', '[API]를 쓰고 [api] 문서를'],
    ['Send the plan to Dana', '"the plan to Dana"', 'Send the [plan to Dana]'],
    ['Send the plan, Dana', '"plan to Dana"', 'Send the plan, Dana'],
    ['a plan and a draft', 'plan -draft', 'a [plan] and a draft'],
    ['회의록', '"회의 록"', '회의록'],
    ['🎉party🎉 party', 'party', '🎉[party]🎉 [party]'],
    ['마이그레이션 일정', '마이그레이션 이그레', '[마이그레이션] 일정'],
  ])('marks in "%s" what "%s" finds', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });
});
