import { isAcknowledgment } from './action-cues.ts';
import { isKoreanAcknowledgment } from './korean-speech-acts.ts';

const ENGLISH_GATHERING =
  'meeting|call|session|workshop|sync|demo|review|appointment|interview|retrospective|retro|kick-?off|stand-?up|presentation|training';
const KOREAN_GATHERING =
  '회의|미팅|모임|면담|인터뷰|워크숍|워크샵|통화|리뷰|데모|발표회|회고|점검|교육|간담회|킥오프';

const ENGLISH: readonly RegExp[] = [
  // "let's meet again", "we'll reconvene", "can we have another call"
  new RegExp(
    `\\b(?:let's|let us|shall we|can we|could we|we'll|we will|we should|we can|we're (?:going to|gonna)|we are going to|I'll)\\b.{0,60}\\b(?:meet|reconvene|get together|catch up|talk again|(?:have|hold|do|schedule|set up|book|arrange) (?:a|an|another|the|our|this|that)\\b.{0,30}\\b(?:${ENGLISH_GATHERING}))\\b`,
    'iu',
  ),
  new RegExp(
    `\\b(?:next|follow-?up|our|the|another) (?:[\\w-]+ ){0,2}(?:${ENGLISH_GATHERING})\\b.{0,30}\\b(?:is|will be|is going to be|takes place|will take place|is (?:scheduled|planned) for|moves? to|moved to)\\b`,
    'iu',
  ),
  new RegExp(
    `(?:^|\\b(?:please|to|you|I'll|and) )(?:schedule|book|set up|put|arrange|plan) (?:a|an|another|the|our)\\b.{0,40}\\b(?:${ENGLISH_GATHERING})\\b`,
    'iu',
  ),
  /\b(?:when|what (?:time|day)) (?:shall|should|can|could|do) we (?:meet|reconvene|get together|talk)\b/iu,
  /\bsee you (?:all |again |then )?(?:on |next |tomorrow)/iu,
];
const KOREAN: readonly RegExp[] = [
  // 다시 모입시다, 만나시죠, 뵙겠습니다, 모이기로 하죠
  /(?:만나|모이|모입|모여|모일|만날|뵙|뵐|뵈|봬|보기로|봅시다|보시죠|보죠|볼까요)/u,
  new RegExp(
    `(?:${KOREAN_GATHERING}).{0,40}(?:하겠습니다|합시다|하시죠|하죠|해요|할게요|할까요|하기로|진행|예정|잡|열|입니다|이에요|시작|있습니다|어떨까요|어때요|옮기|미루)`,
    'u',
  ),
];
const NOT_MADE =
  /\b(?:met|last|yesterday|cancel(?:l?ed)?|(?:can't|cannot|won't|don't|not|never) (?:\w+ ){0,2}(?:meet|make it|have|need)|if|were|was|had|didn't|usually|every)\b|지난|어제|저번|취소|했었|했습니다|했죠|못\s|안\s*(?:만나|모이)|매주|매일|매달|이전 (?:회의|미팅)/iu;
const AGREEMENT =
  /^(?:\W*(?:yes|yeah|yep|yup|sure|ok|okay|fine|great|perfect|sounds? good|works|that works|good|agreed|alright|all right|deal|cool)\b|.{0,25}\b(?:works for me|suits me|is fine|is good|I can make it|I'm free)\b)|^(?:네|예|넵|좋|괜찮|그럽시다|그러시죠|그렇게|가능|알겠)/iu;
const BEFORE_DEADLINE = /\b(?:by|before|until|till|no later than)\s+(?:the\s+)?$/iu;
const KOREAN_DEADLINE = /까지|전까지|안에|안으로|이내|내로/u;

/** True when the sentence says or asks that people will meet. Whether it says when is another matter. */
export function isAppointment(text: string): boolean {
  if (NOT_MADE.test(text)) return false;
  return [...ENGLISH, ...KOREAN].some((pattern) => pattern.test(text));
}

/** True when a proposal before it is accepted by the sentence. */
export function isAgreement(text: string): boolean {
  return AGREEMENT.test(text) || isAcknowledgment(text) || isKoreanAcknowledgment(text);
}

/** True when the day is one by which something is due: "by Tuesday", `수요일까지`. A meeting is not by a day. */
export function isDeadline(text: string, day: string): boolean {
  const at = text.indexOf(day);
  if (BEFORE_DEADLINE.test(text.slice(0, at)) || KOREAN_DEADLINE.test(day)) return true;
  return /^(?:by|before|until|till)\b/iu.test(day);
}

/** What the calendar shows: what kind of gathering it is, when that was said, and the meeting it was agreed in. */
export function appointmentTitle(text: string, meeting: string, korean: boolean): string {
  const kind = korean ? koreanKind(text) : englishKind(text);
  if (kind !== undefined) return `${kind} – ${meeting}`;
  return korean ? `${meeting} 후속 회의` : `Follow-up: ${meeting}`;
}

const ENGLISH_KIND = new RegExp(`\\b(?:(?<of>[\\p{L}-]{3,}) )?(?<what>${ENGLISH_GATHERING})\\b`, 'iu');
const KOREAN_KIND = new RegExp(`(?:(?<of>[\\p{L}]{2,}) )?(?<what>${KOREAN_GATHERING})`, 'u');
const NO_KIND =
  /^(?:the|our|next|another|this|that|again|follow-?up|have|meeting|call|다음|이번|우리|다시|회의|미팅|모임)$/iu;

function englishKind(text: string): string | undefined {
  const { of, what = '' } = ENGLISH_KIND.exec(text)?.groups ?? {};
  const telling = [of, what].filter((word) => word !== undefined && !NO_KIND.test(word)).join(' ');
  return telling === '' ? undefined : telling.charAt(0).toUpperCase() + telling.slice(1).toLowerCase();
}

function koreanKind(text: string): string | undefined {
  const { of, what = '' } = KOREAN_KIND.exec(text)?.groups ?? {};
  // 요일 and times of day stand before the word as often as what it is about.
  const about =
    of === undefined || NO_KIND.test(of) || /요일|시$|오전|오후|[에은는이가로]$/u.test(of) ? '' : of;
  if (about === '' && (what === '' || NO_KIND.test(what))) return undefined;
  return [about, what].filter((word) => word !== '').join(' ');
}
