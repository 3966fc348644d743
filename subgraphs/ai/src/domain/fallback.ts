export const FALLBACK_CODES = [
  'BUDGET_SPENT',
  'LLM_NOT_CONFIGURED',
  'PROVIDER_REFUSED',
  'PROVIDER_ANSWER',
  'PROVIDER_UNAVAILABLE',
] as const;

/** Why the local analysis made minutes that a language model was to write. */
export type FallbackCode = (typeof FALLBACK_CODES)[number];

const REASONS: Readonly<Record<FallbackCode, { readonly en: string; readonly ko: string }>> = {
  BUDGET_SPENT: {
    en: 'the language model tokens of this month are used up',
    ko: '이번 달 언어 모델 토큰을 모두 사용했습니다',
  },
  LLM_NOT_CONFIGURED: {
    en: 'no language model is set up any more',
    ko: '설정된 언어 모델이 없습니다',
  },
  PROVIDER_REFUSED: {
    en: 'the provider of the language model refuses our requests',
    ko: '언어 모델 제공자가 요청을 거부했습니다',
  },
  PROVIDER_ANSWER: {
    en: 'the language model answered nothing that can be used',
    ko: '언어 모델의 응답을 사용할 수 없었습니다',
  },
  PROVIDER_UNAVAILABLE: {
    en: 'the language model could not be reached',
    ko: '언어 모델에 연결할 수 없었습니다',
  },
};

/** The reason as a sentence, in the language of the minutes: Korean for `ko`, both for `mul`, else English. */
export function fallbackMessage(code: FallbackCode, language: string): string {
  const { en, ko } = REASONS[code];
  const english = `No language model wrote these minutes: ${en}.`;
  const korean = `언어 모델이 작성한 회의록이 아닙니다: ${ko}.`;
  const [primary] = language.toLowerCase().split('-');
  if (primary === 'mul') return `${korean} / ${english}`;
  return primary === 'ko' ? korean : english;
}
