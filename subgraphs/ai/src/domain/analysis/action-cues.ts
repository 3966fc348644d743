import type { Sentence } from './sentences.ts';

/** What a sentence does, as far as the density of commitments around it is concerned. */
export interface SpeechAct {
  readonly commits: boolean;
  readonly commitsWork: boolean;
  readonly asks: boolean;
  readonly asksWork: boolean;
  readonly proposes: boolean;
  readonly proposesWork: boolean;
  /** Names a role of the meeting, or a participant who is to do something. */
  readonly assigns: boolean;
  /** Could be an action item at all. */
  readonly candidate: boolean;
}

const VERBS =
  '(?:send|e-?mail|mail|write|check|look|find|make|prepare|do|get|work|talk|call|ask|put|set|update|finish|fix|review|share|add|create|design|build|organi[sz]e|arrange|schedule|contact|follow|bring|try|take|start|draft|test|report|think|come|go|discuss|present|produce|investigate|figure|provide|give|run|move|change|collect|document|plan|focus|handle|circulate|post|print|attach|upload|buy|order|book|type|distribute|forward|draw|complete|submit|deliver|read|meet|see|show|tell|let|confirm)';
const I_WILL = String.raw`\b(?:I'll|I will|I'm (?:gonna|going to)|I am (?:gonna|going to)|I can|I shall)`;
const YOU_WILL = String.raw`\b(?:you'll|you will|you're (?:gonna|going to)|(?:can|could|will|would) you|you (?:can|could|should|need to|have to|guys|two))`;
const WE_WILL = String.raw`\b(?:we'll|we will|we're (?:gonna|going to)|we (?:should|need to|have to|can|could|must)|let's)`;
const pattern = (source: string): RegExp => new RegExp(source, 'iu');

const COMMIT = pattern(String.raw`${I_WILL}\b|\b(?:let me|I'd)\b`);
const COMMIT_WORK = pattern(String.raw`${I_WILL}(?: \w+){0,2}? ${VERBS}\b`);
const ASK = pattern(String.raw`${YOU_WILL}\b`);
const ASK_WORK = pattern(String.raw`${YOU_WILL}(?: \w+){0,3}? ${VERBS}(?:ing)?\b`);
const PROPOSE = pattern(String.raw`${WE_WILL}\b`);
const PROPOSE_WORK = pattern(String.raw`${WE_WILL}(?: \w+){0,2}? ${VERBS}\b`);
const TIME =
  /\b(?:tomorrow|tonight|today|(?:next|this) (?:week|month|time|meeting|morning|afternoon)|(?:mon|tues|wednes|thurs|fri|satur|sun)day|by the end|end of the (?:day|week|month)|before the|after (?:this|the) meeting|until|deadline|soon|later|(?:an|\w+) (?:hours?|days?|weeks?)|minutes|in the meantime|afterwards?|as soon as)\b/iu;
const GROUP =
  /\b(?:everyone|everybody|each of (?:you|us)|all of (?:you|us)|you all|you guys|you two|both of you|together|the team)\b/iu;
const ROLE =
  /\b(?:project manager|industrial design(?:er)?|(?:user )?interface (?:designer|specialist|expert)|marketing (?:expert|manager|specialist)|market expert|designers?|manager|secretary|chair|lead|engineer|developer|U_I_D_?|M_E_?|I_D_?)\b/iu;
const ARTIFACT =
  /\b(?:e-?mails?|minutes|slides?|report|document|presentation|notes|summary|draft|list|file|folder|copy|prototype|plan|design|proposal|spec(?:ification)?s?|requirements|evaluation|questionnaire|website|page|guide|agenda|budget)\b/iu;
// Inside a sentence a capital marks a name; at its beginning only a participant's name counts.
const NAMED_TO_ACT =
  /(?<=[\p{Ll},] )(?!I\b)[A-Z][a-z]+,? (?:will|is going to|is gonna|needs to|should|has to)\b/u;
// At the beginning every word has a capital, so the words that are no names are told apart by a list.
const NO_NAME =
  'I|We|You|He|She|It|They|This|That|These|Those|There|Here|Who|What|Which|When|Where|How|Why|Everybody|Everyone|Somebody|Someone|Anybody|Nobody|People|Users|One|Each|Some|Both|Now|Then|Maybe|So';
const NAMED_FIRST = new RegExp(
  String.raw`^(?:(?:And|So|Okay|Then|Well),? )?(?!(?:${NO_NAME})\b)(?<name>[A-Z][a-z]+),? (?:will|is going to|is gonna|needs to|should|has to) (?:\w+ )?${VERBS}\b`,
  'u',
);
const TO_ACT = pattern(String.raw`\b(?:will|is going to|is gonna|needs to|should|has to)\b|${YOU_WILL}\b`);
const INSTRUCTION = pattern(
  String.raw`^(?:(?:and|so|then|or|okay|just|please),? )*(?:to )?(?:figure|look|check|send|make|think|come|work|talk|keep|bring|put|try|prepare|get)\b`,
);
const IS_GOING = /\b(?:is|are) (?:gonna|going to)\b|\bwill be\b/iu;
const PLEASE = /\bplease\b/iu;
const HEDGE = /\b(?:maybe|perhaps|probably|I think|I guess|might|could be|I suppose)\b/iu;
const NEGATION = /\b(?:not|\w+n't|never|no)\b/iu;
const PAST = /\b(?:was|were|did|had|went|said|\w{3,}ed)\b/iu;
const THIRD = /\b(?:he|she|they|it|people|users?)\b/iu;
const OPENER = /^(?:okay|so|right|now|well|and|um)\b/iu;
const ACKNOWLEDGES =
  /^(?:okay|ok|yes|yeah|yep|sure|right|alright|mm-hmm|great|good|fine|cool|of course|no problem)\b/iu;
const MIN_WORDS = 4;
const NEIGHBORHOOD = 5;
const DENSE = 5;

/** Reads what an English sentence does. `namesPerson` says whether a participant is named in it. */
export function speechAct(sentence: Sentence, namesPerson: boolean): SpeechAct {
  const { text, length } = sentence;
  const act = {
    commits: COMMIT.test(text),
    commitsWork: COMMIT_WORK.test(text),
    asks: ASK.test(text),
    asksWork: ASK_WORK.test(text),
    proposes: PROPOSE.test(text),
    proposesWork: PROPOSE_WORK.test(text),
    assigns:
      ROLE.test(text) ||
      namedDoer(text) !== undefined ||
      NAMED_TO_ACT.test(text) ||
      (namesPerson && TO_ACT.test(text)),
  };
  const explicit = act.commits || act.commitsWork || act.asks || act.proposes || act.assigns;
  const other = IS_GOING.test(text) || PLEASE.test(text) || INSTRUCTION.test(text);
  return { ...act, candidate: !sentence.korean && length >= MIN_WORDS && (explicit || other) };
}

/** Who is told to do what, when the sentence begins with the name: "Sarah needs to contact the customer". */
export function namedDoer(text: string): string | undefined {
  return NAMED_FIRST.exec(text)?.groups?.['name'];
}

/** True when the sentence takes on what was said before it: "yes", "sure". */
export function isAcknowledgment(text: string): boolean {
  return ACKNOWLEDGES.test(text);
}

/** True for a sentence that names a time or something one hands over: what makes a promise checkable. */
export function namesTimeOrArtifact(text: string): boolean {
  return TIME.test(text) || ARTIFACT.test(text);
}

/**
 * The cues of a sentence under the names that the model's weights carry. The position cues shrink with the meeting:
 * in the half-hour meetings they were learned on, 20 and 60 sentences are its last tenth and quarter at most.
 */
export function actionCues(
  sentences: readonly Sentence[],
  acts: readonly SpeechAct[],
  at: number,
): Readonly<Record<string, number>> {
  const sentence = sentences[at];
  const act = acts[at];
  if (sentence === undefined || act === undefined) return {};
  const { text } = sentence;
  const time = TIME.test(text);
  const artifact = ARTIFACT.test(text);
  return {
    b: 1,
    ...placeCues(sentences.length, at, localDensity(acts, at)),
    ...lengthCues(sentence.length),
    I_commit: Number(act.commits),
    I_commit_V: Number(act.commitsWork),
    you: Number(act.asks),
    you_V: Number(act.asksWork),
    we: Number(act.proposes),
    we_V: Number(act.proposesWork),
    time: Number(time),
    group: Number(GROUP.test(text)),
    role: Number(act.assigns),
    artefact: Number(artifact),
    q: Number(/\?\s*$/u.test(text)),
    open: Number(OPENER.test(text)),
    hedge: Number(HEDGE.test(text)),
    neg: Number(NEGATION.test(text)),
    past: Number(PAST.test(text)),
    third: Number(THIRD.test(text)),
    please: Number(PLEASE.test(text)),
    isgoing: Number(IS_GOING.test(text)),
    just: Number(/\bjust\b/iu.test(text)),
    'commit&time': Number(act.commits && time),
    'you&time': Number(act.asks && time),
    'commit&art': Number(act.commits && artifact),
    'we&time': Number(act.proposes && time),
    prevCommit: Number(acts[at - 1]?.commits ?? false),
    nextAck: Number(isAnswered(sentence, sentences[at + 1])),
  };
}

function placeCues(count: number, at: number, density: number): Record<string, number> {
  const position = at / Math.max(count - 1, 1);
  const left = count - 1 - at;
  const end = position ** 4;
  return {
    endD: end,
    end10: Number(position >= 0.9),
    last20: Number(left < Math.min(20, count / 10)),
    last60: Number(left < Math.min(60, count / 4)),
    first5: Number(position < 0.05),
    ld: density,
    ldEnd: density * end,
  };
}

function lengthCues(length: number): Record<string, number> {
  return {
    len5: Number(length >= 5),
    len8: Number(length >= 8),
    len12: Number(length >= 12),
    len25: Number(length >= 25),
  };
}

/** How many of the five sentences on each side speak of work to do, 0 to 1; full at five of the ten. */
function localDensity(acts: readonly SpeechAct[], at: number): number {
  let near = 0;
  for (let other = at - NEIGHBORHOOD; other <= at + NEIGHBORHOOD; other += 1) {
    const act = other === at ? undefined : acts[other];
    if (act !== undefined && (act.commitsWork || act.asksWork || act.proposesWork || act.assigns)) near += 1;
  }
  return Math.min(near, DENSE) / DENSE;
}

function isAnswered(sentence: Sentence, next: Sentence | undefined): boolean {
  return next !== undefined && next.speakerLabel !== sentence.speakerLabel && isAcknowledgment(next.text);
}
