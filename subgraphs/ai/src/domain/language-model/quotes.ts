import type { AnalysisSegment, DraftEvidence } from '../analysis/draft-minutes.ts';

/** A quote shorter than this is only taken when it is all that the segment says: "the" proves nothing. */
const MIN_QUOTE = 8;

/** Text with every run of white space as one space, and where each of its characters stands in the original. */
function fold(text: string): { folded: string; at: number[] } {
  let folded = '';
  const at: number[] = [];
  for (const { 0: piece, index } of text.matchAll(/\s+|\S+/gu)) {
    if (/^\s/u.test(piece)) {
      folded += ' ';
      at.push(index);
      continue;
    }
    folded += piece;
    for (let offset = 0; offset < piece.length; offset += 1) at.push(index + offset);
  }
  return { folded, at };
}

/** Where a text stands in another, white space apart; undefined when it does not, or is empty. */
export function findFolded(
  text: string,
  wanted: string,
): { readonly startChar: number; readonly endChar: number } | undefined {
  const exact = wanted.trim();
  const asIs = exact === '' ? -1 : text.indexOf(exact);
  if (asIs !== -1) return { startChar: asIs, endChar: asIs + exact.length };
  const needle = wanted.replace(/\s+/gu, ' ').trim();
  if (needle === '') return undefined;
  const { folded, at } = fold(text);
  const start = folded.indexOf(needle);
  const startChar = at[start];
  const last = at[start + needle.length - 1];
  return start === -1 || startChar === undefined || last === undefined
    ? undefined
    : { startChar, endChar: last + 1 };
}

/** The evidence of a quote that the segment really holds; offsets and text are the segment's own. */
export function verbatimEvidence(segment: AnalysisSegment, quote: string): DraftEvidence | undefined {
  const found = findFolded(segment.text, quote);
  if (found === undefined) return undefined;
  const { startChar, endChar } = found;
  const whole = segment.text.trim().length;
  if (endChar - startChar < Math.min(MIN_QUOTE, whole)) return undefined;
  return { segmentId: segment.id, quote: segment.text.slice(startChar, endChar), startChar, endChar };
}
