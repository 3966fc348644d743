import { porterStem } from './porter-stem.ts';
import type { Sentence } from './sentences.ts';
import { ENGLISH_STOP_WORDS, KOREAN_STOP_WORDS } from './stop-words.ts';

/** The content words of a meeting as small integers, so that counting needs no strings. */
export interface TermTable {
  /** Distinct term ids of each sentence. */
  readonly termsOf: readonly (readonly number[])[];
  /** For each term: how many sentences contain it. */
  readonly sentenceCounts: readonly number[];
  /** For each term: its stem. */
  readonly stems: readonly string[];
  /** For each term: how often each written form occurs. */
  readonly forms: readonly ReadonlyMap<string, number>[];
}

const TOKEN = /\p{L}[\p{L}\p{N}]*(?:['’]\p{L}+)*|\p{N}+/gu;
const HANGUL = /[가-힣]/u;
const PARTICLE =
  /(?:에서는|으로는|에게는|까지는|부터는|이라는|라는|에서도|으로도|에서|에게|한테|으로|까지|부터|처럼|보다|마다|조차|이나|이랑|하고|에는|에도|라도|이고|이요|은|는|이|가|을|를|의|에|로|와|과|도|만|랑|요)$/u;
const VERB_ENDING =
  /(?:습니다|습니까|ㅂ니다|니다|니까|네요|세요|에요|예요|어요|아요|해요|게요|데요|지요|죠|는데|거든요|면|서|고|며|지만|려고|해야|하는|하기|했던|되는|한|할|던)$/u;

/** A Korean eojeol without its particle; `''` when it looks like a conjugated verb or nothing is left. */
export function koreanStem(eojeol: string): string {
  if (VERB_ENDING.test(eojeol) && eojeol.length > 2) return '';
  const stem = eojeol.replace(PARTICLE, '');
  if (stem === '') return '';
  if (stem.length > 1) return stem;
  // 회의, 효과 and 도로 end in what looks like a particle; 앱은 and 주까지 do not look like words.
  if (eojeol.length === 1) return '';
  return eojeol.length > 2 || /[은는를]$/u.test(eojeol) ? stem : eojeol;
}

/** The stem that stands for a written word, or `''` for stop words, single letters and bare numbers. */
export function stemOf(form: string): string {
  const word = form.toLowerCase().replace('’', "'");
  if (HANGUL.test(word)) {
    if (KOREAN_STOP_WORDS.has(word)) return '';
    const stem = koreanStem(word);
    return KOREAN_STOP_WORDS.has(stem) ? '' : stem;
  }
  if (ENGLISH_STOP_WORDS.has(word) || word.length < 3 || /^\p{N}/u.test(word)) return '';
  const bare = word.replace(/'(?:s|d|ll|re|ve|t)$/u, '');
  return ENGLISH_STOP_WORDS.has(bare) ? '' : porterStem(bare);
}

/** The written words of a text: letters with inner apostrophes, or numbers. */
export function wordsOf(text: string): string[] {
  return text.match(TOKEN) ?? [];
}

/** Counts the content words of all sentences. Each distinct word is stemmed once. */
export function tabulateTerms(sentences: readonly Sentence[]): TermTable {
  const idByForm = new Map<string, number>();
  const idByStem = new Map<string, number>();
  const stems: string[] = [];
  const sentenceCounts: number[] = [];
  const forms: Map<string, number>[] = [];
  const intern = (form: string): number => {
    const stem = stemOf(form);
    const known = stem === '' ? -1 : idByStem.get(stem);
    if (known !== undefined) return known;
    idByStem.set(stem, stems.length);
    forms.push(new Map());
    sentenceCounts.push(0);
    return stems.push(stem) - 1;
  };
  const termsOf = sentences.map(({ text }) => {
    const distinct = new Set<number>();
    for (const form of wordsOf(text)) {
      let id = idByForm.get(form);
      if (id === undefined) idByForm.set(form, (id = intern(form)));
      if (id < 0) continue;
      distinct.add(id);
      const written = forms[id];
      written?.set(form, (written.get(form) ?? 0) + 1);
    }
    for (const id of distinct) sentenceCounts[id] = (sentenceCounts[id] ?? 0) + 1;
    return [...distinct];
  });
  return { termsOf, sentenceCounts, stems, forms };
}
