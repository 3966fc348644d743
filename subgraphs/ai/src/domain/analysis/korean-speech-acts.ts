const PROMISE = /(?:겠습니다|겠어요)/u;
// Running the meeting, politeness and wishes take the same ending as a promise.
const CHAIR =
  /(?:시작|논의|마치|마무리|종료|진행|넘어가|넘어|모이|말씀드리|설명드리|소개드리|들어가|이야기하|얘기하)(?:하|드리|도록 하)?겠습니다|(?:알|모르|좋|고맙|감사하|되|있|없|어렵|힘들|괜찮|부탁드리|같)겠(?:습니다|어요|네요)|(?:로|기로|걸로)\s*(?:하|정하|결정하|확정하|가)겠습니다|(?:말씀|설명|소개)드릴게요|다음 (?:회의|미팅|시간)(?:에서|에)?\s*(?:다시|계속)/u;
const RIGHT_NOW = /먼저|부터\s|지금|잠깐|잠시|이제/u;
const REQUEST =
  /(?:[아어해여워와려]|[가-힣])\s*(?:주세요|주십시오|주시겠어요|주실 수 있|주시면|주시기 바랍니다|줄래요|주실래요)|부탁(?:드려|드립|드리|해|합니다)|(?:하|시)기 바랍니다/u;
const ACKNOWLEDGE = /^(?:네|예|넵|넹|좋습니다|좋아요|알겠|그럴게|그러겠|그렇게)/u;
const FIRST_SYLLABLE = 0xac00;
const FINALS = 28;
const FINAL_RIEUL = 8;

/** True for `…ㄹ게요`: a syllable that ends in ㄹ before 게요. */
function endsInRieulPromise(text: string): boolean {
  for (const match of text.matchAll(/([가-힣])[게께]요?(?=[\s.,!]|$)/gu)) {
    const syllable = (match[1] ?? '').codePointAt(0) ?? 0;
    if ((syllable - FIRST_SYLLABLE) % FINALS === FINAL_RIEUL) return true;
  }
  return false;
}

/** The speaker promises something: `…겠습니다`, `…ㄹ게요`, minus what a chair says. */
export function isKoreanPromise(text: string): boolean {
  return (PROMISE.test(text) || endsInRieulPromise(text)) && !CHAIR.test(text) && !text.endsWith('?');
}

/** A promise kept at once: "먼저 … 보겠습니다" opens a part of the meeting and is no work for later. */
export function isAboutNow(text: string): boolean {
  return RIGHT_NOW.test(text);
}

/** The speaker asks someone to do something: `…해 주세요`, `…주실 수 있을까요`, `…부탁드립니다`. */
export function isKoreanRequest(text: string): boolean {
  return REQUEST.test(text);
}

/** The speaker takes on what was said before: `네`, `알겠습니다`. */
export function isKoreanAcknowledgment(text: string): boolean {
  return ACKNOWLEDGE.test(text);
}
