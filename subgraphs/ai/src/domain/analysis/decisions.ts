import { statementText } from './cleaning.ts';
import type { AnalysisSegment, DraftItem } from './draft-minutes.ts';
import { evidenceOf, type Sentence } from './sentences.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly confidence: number;
}

/** Phrases with which people decide, the most explicit first. */
const RULES: readonly Rule[] = [
  {
    pattern:
      /\b(?:we(?:'ve| have)?|the (?:group|team|committee|board)(?: has)?|it (?:was|is)) (?:all |now |just )?(?:decided|agreed|resolved)\b/iu,
    confidence: 0.8,
  },
  {
    pattern:
      /\b(?:motion|amendment|resolution) (?:is |was |has been )?(?:carried|adopted|agreed|passed|defeated)\b|\b(?:so|that's) (?:decided|settled|agreed)\b|\b(?:our|the|final) decision (?:is|was)\b/iu,
    confidence: 0.8,
  },
  {
    pattern:
      /기로\s*(?:하겠|했|합|하죠|해요|결정|확정|합의|정했|정하)|(?:으로|로|것으로|걸로)\s*(?:결정|확정|합의|정하겠|정했|정합)/u,
    confidence: 0.8,
  },
  {
    pattern:
      /\b(?:let's|let us|we'll|we will|we're (?:going to|gonna)|we should) (?:just )?(?:go (?:with|for)|stick (?:with|to)|settle (?:on|for)|choose|postpone|drop|keep|leave out)\b/iu,
    confidence: 0.6,
  },
  {
    pattern:
      /(?:으로|로|걸로|것으로)\s*(?:하겠습니다|하죠|합시다|갑시다|가겠습니다|하시죠)|(?:으로|로)\s+(?:미루|변경하|바꾸)(?:겠습니다|죠|기로)/u,
    confidence: 0.6,
  },
];
const NOT_DECIDED =
  /\?$|\b(?:haven't|hasn't|not|didn't|never|if|once|when|whether|until|before)\b.{0,25}\b(?:decided?|agreed?|settled?)\b|\bneed to decide|\bhave to decide|(?:결정|확정)되면|지난번|저번에|했었|싶|다음 (?:회의|미팅|모임)/iu;
const MAX_DECISIONS = 5;
const MIN_WORDS = 5;

/** Possible decisions: sentences with a deciding phrase, at most 5 of the clearest, in time order. */
export function findDecisions(
  sentences: readonly Sentence[],
  segments: readonly AnalysisSegment[],
): DraftItem[] {
  return sentences
    .flatMap((sentence, at) => {
      if (sentence.length < MIN_WORDS || NOT_DECIDED.test(sentence.text)) return [];
      const rule = RULES.find(({ pattern }) => pattern.test(sentence.text));
      return rule === undefined ? [] : [{ at, sentence, confidence: rule.confidence }];
    })
    .toSorted((left, right) => right.confidence - left.confidence || right.at - left.at)
    .slice(0, MAX_DECISIONS)
    .toSorted((left, right) => left.at - right.at)
    .map(({ sentence, confidence }) => ({
      text: statementText(sentence.text),
      evidence: evidenceOf(sentence, segments),
      confidence,
    }));
}
