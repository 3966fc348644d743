import { statementText } from './cleaning.ts';
import type { AnalysisSegment, DraftItem } from './draft-minutes.ts';
import { evidenceOf, type Sentence } from './sentences.ts';

const EXPLICIT =
  /\b(?:open (?:question|issue|point|item)|unresolved|to be (?:decided|determined|confirmed)|still (?:unclear|open|undecided|need to (?:decide|figure|clarify|discuss|know)|don't know)|(?:remains|remaining) (?:unclear|open|question|problem)|(?:haven't|have not|hasn't) (?:yet )?(?:been )?(?:decided|agreed|settled|discussed)|question is (?:whether|how|what|who|when|if)|worried about|main (?:problem|issue|question)|need to find out)\b/iu;
const KOREAN_EXPLICIT =
  /미정|미확정|확인이\s*(?:더\s*)?필요|(?:결정|확정|정해)(?:되)?지\s*(?:않|못)|아직\s*(?:모르|이릅|이르|못\s*정|안\s*정)|걱정(?:입|이에|이|됩)|다음\s*(?:회의|미팅)(?:에서|에|때)?\s*(?:다시\s*)?(?:논의|검토|이야기|얘기)|보류/u;
const QUESTION = /\?$|[을를할지]\s*지\s*말지|ㄹ지|[가-힣]지요?\.$/u;
const DEFERS =
  /\b(?:I don't know|not sure|no idea|we'll (?:have to )?(?:see|find out|come back)|good question|come back to (?:that|this|it)|take (?:that|this|it) offline|too early)\b|모르겠|나중에|이릅니다|면\s*정하|다음에\s*(?:정하|논의)/iu;
const MAX_QUESTIONS = 5;
const MIN_WORDS = 5;
const LOOK_AHEAD = 3;
const EXPLICIT_CONFIDENCE = 0.6;
const DEFERRED_CONFIDENCE = 0.5;

/**
 * What the meeting leaves open: sentences that say so, and questions whose answer puts them off. At most 5, in time
 * order. Questions nobody answered are not guessed at.
 */
export function findOpenQuestions(
  sentences: readonly Sentence[],
  segments: readonly AnalysisSegment[],
): DraftItem[] {
  const found: { at: number; item: DraftItem }[] = [];
  for (const [at, sentence] of sentences.entries()) {
    if (sentence.length < MIN_WORDS) continue;
    const deferral = QUESTION.test(sentence.text) ? deferralAfter(sentences, at) : undefined;
    if (deferral === undefined && !EXPLICIT.test(sentence.text) && !KOREAN_EXPLICIT.test(sentence.text))
      continue;
    const said = deferral === undefined ? [sentence] : [sentence, deferral];
    const confidence = deferral === undefined ? EXPLICIT_CONFIDENCE : DEFERRED_CONFIDENCE;
    const evidence = said.flatMap((part) => evidenceOf(part, segments));
    const known = found.some(({ item }) => item.evidence.some((seen) => seen.quote === evidence[0]?.quote));
    if (!known) found.push({ at, item: { text: statementText(sentence.text), evidence, confidence } });
  }
  return found
    .toSorted((left, right) => right.item.confidence - left.item.confidence || right.at - left.at)
    .slice(0, MAX_QUESTIONS)
    .toSorted((left, right) => left.at - right.at)
    .map(({ item }) => item);
}

/** The sentence by which someone else puts the question off, among the next three. */
function deferralAfter(sentences: readonly Sentence[], at: number): Sentence | undefined {
  const asker = sentences[at]?.speakerLabel;
  return sentences
    .slice(at + 1, at + 1 + LOOK_AHEAD)
    .find(
      ({ speakerLabel, text }) => speakerLabel !== asker && (DEFERS.test(text) || KOREAN_EXPLICIT.test(text)),
    );
}
