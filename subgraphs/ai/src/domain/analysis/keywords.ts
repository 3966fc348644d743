import type { AnalysisSegment, DraftKeyword } from './draft-minutes.ts';
import background from './models/background.en.json' with { type: 'json' };
import type { People } from './people.ts';
import type { Sentence } from './sentences.ts';
import type { TermTable } from './terms.ts';

const MIN_SENTENCES = 3;
const MAX_KEYWORDS = 10;
const MAX_SEGMENTS = 20;
// A stem that the background table does not know occurs in less than this share of blocks.
const RARE_SHARE = 0.01;
const shares: Readonly<Record<string, number>> = background.shares;

/**
 * The words that mark a meeting: sentences with the stem times the square root of its inverse frequency in other
 * meetings. Said in at least three sentences; no stop words, no participants' names. Strongest first, at most 10.
 */
export function findKeywords(
  sentences: readonly Sentence[],
  segments: readonly AnalysisSegment[],
  table: TermTable,
  people: People,
): DraftKeyword[] {
  const ranked = table.stems
    .map((stem, term) => {
      const count = table.sentenceCounts[term] ?? 0;
      return {
        term,
        score: count * Math.sqrt(-Math.log(shares[stem] ?? RARE_SHARE)),
        form: usualForm(table, term),
      };
    })
    .filter(({ term, form }) => (table.sentenceCounts[term] ?? 0) >= MIN_SENTENCES && !people.isName(form))
    .toSorted((left, right) => right.score - left.score || left.term - right.term)
    .slice(0, MAX_KEYWORDS);
  const strongest = ranked[0]?.score ?? 1;
  return ranked.map(({ term, score, form }) => ({
    text: form,
    weight: Math.round((score / strongest) * 100) / 100,
    segmentIds: segmentsWith(term, sentences, segments, table),
  }));
}

/** A keyword as it is written most often; Korean without its particle. */
function usualForm(table: TermTable, term: number): string {
  const stem = table.stems[term] ?? '';
  if (/[가-힣]/u.test(stem)) return stem;
  const forms = [...(table.forms[term] ?? new Map<string, number>())];
  return forms.toSorted((left, right) => right[1] - left[1])[0]?.[0] ?? stem;
}

function segmentsWith(
  term: number,
  sentences: readonly Sentence[],
  segments: readonly AnalysisSegment[],
  table: TermTable,
): string[] {
  const ids = new Set<string>();
  for (const [at, terms] of table.termsOf.entries()) {
    if (!terms.includes(term)) continue;
    for (const { segmentIndex } of sentences[at]?.spans ?? []) ids.add(segments[segmentIndex]?.id ?? '');
    if (ids.size >= MAX_SEGMENTS) break;
  }
  return [...ids];
}
