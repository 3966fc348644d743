import {
  actionCues,
  isAcknowledgment,
  namedDoer,
  namesTimeOrArtifact,
  type SpeechAct,
  speechAct,
} from './action-cues.ts';
import {
  isAboutNow,
  isKoreanAcknowledgment,
  isKoreanPromise,
  isKoreanRequest,
} from './korean-speech-acts.ts';
import model from './models/action-items.en.json' with { type: 'json' };
import type { People } from './people.ts';
import type { Sentence } from './sentences.ts';

/** A sentence that may say what someone is to do. */
export interface ActionCandidate {
  /** Index of the sentence. */
  readonly at: number;
  /** Who takes it on: the speaker, someone spoken to, someone named, or nobody the words tell. */
  readonly kind: 'PROMISE' | 'REQUEST' | 'ASSIGNMENT' | 'OTHER';
  readonly confidence: number;
}

const KOREAN_PROMISE_CONFIDENCE = 0.6;
const KOREAN_REQUEST_CONFIDENCE = 0.55;
const DUE_BONUS = 0.2;
// A promise with a time or a thing to hand over, or work given to somebody by name, is suggested even where the model,
// which leans on what comes late in the meeting, hesitates.
const EXPLICIT_PROMISE_CONFIDENCE = 0.5;
// Said to run the meeting, done before it ends.
const MEETING_FLOW =
  /\b(?:agenda|my name is|see you|talk (?:to you |a (?:little )?bit )?about|in a (?:moment|minute|second)|get to (?:that|it)|let me (?:see|just|start|show)|I'll (?:start|go first|begin|show you|let you)|next meeting (?:is|will be|starts)|(?:close|end|finish) the meeting|thank you)\b/iu;
const KOREAN_MIN_WORDS = 3;

/** Scores every sentence; those that are no candidates are left out. In time order. `hasDue` tells whether Korean text names a date. */
export function actionCandidates(
  sentences: readonly Sentence[],
  people: People,
  hasDue: (text: string) => boolean,
): ActionCandidate[] {
  const acts = sentences.map((sentence) => speechAct(sentence, people.named(sentence.text).length > 0));
  return sentences.flatMap((sentence, at) => {
    const candidate = sentence.korean ? korean(sentence, at, hasDue) : english(sentences, acts, at);
    return candidate === undefined ? [] : [candidate];
  });
}

/** True when the sentence accepts what was asked just before. */
export function accepts(sentence: Sentence): boolean {
  return isAcknowledgment(sentence.text) || isKoreanAcknowledgment(sentence.text);
}

function korean(
  sentence: Sentence,
  at: number,
  hasDue: (text: string) => boolean,
): ActionCandidate | undefined {
  const { text, length } = sentence;
  const requests = isKoreanRequest(text);
  if (length < KOREAN_MIN_WORDS || !(requests || isKoreanPromise(text))) return undefined;
  const dated = hasDue(text);
  if (!requests && !dated && isAboutNow(text)) return undefined;
  const confidence = requests ? KOREAN_REQUEST_CONFIDENCE : KOREAN_PROMISE_CONFIDENCE;
  return { at, kind: requests ? 'REQUEST' : 'PROMISE', confidence: confidence + (dated ? DUE_BONUS : 0) };
}

function english(
  sentences: readonly Sentence[],
  acts: readonly SpeechAct[],
  at: number,
): ActionCandidate | undefined {
  const act = acts[at];
  const text = sentences[at]?.text ?? '';
  if (act === undefined || !act.candidate || MEETING_FLOW.test(text)) return undefined;
  const probability = actionProbability(sentences, acts, at);
  const explicit =
    namedDoer(text) !== undefined ||
    ((act.commitsWork || act.asksWork) && namesTimeOrArtifact(text) && !/\bI can\b/iu.test(text));
  const confidence = explicit ? Math.max(probability, EXPLICIT_PROMISE_CONFIDENCE) : probability;
  if (confidence < model.t) return undefined;
  return { at, kind: kindOf(act, text), confidence };
}

function kindOf(act: SpeechAct, text: string): ActionCandidate['kind'] {
  if (act.asks && (act.asksWork || text.endsWith('?'))) return 'REQUEST';
  if (act.commits) return 'PROMISE';
  if (act.asks || /\bplease\b/iu.test(text)) return 'REQUEST';
  return act.assigns ? 'ASSIGNMENT' : 'OTHER';
}

/** The model's probability that an English sentence states an action item. */
function actionProbability(sentences: readonly Sentence[], acts: readonly SpeechAct[], at: number): number {
  const cues = actionCues(sentences, acts, at);
  const sum = model.NM.reduce((total, name, index) => total + (model.w[index] ?? 0) * (cues[name] ?? 0), 0);
  return 1 / (1 + Math.exp(-sum));
}
