import type { ValidationRule } from './validation.ts';

type Messages = Readonly<Record<ValidationRule, (measured: number) => string>>;

const ENGLISH: Messages = {
  GAP: (ms) => `Nothing is said for ${seconds(ms)} seconds before this: a break, or something is missing.`,
  OVERLAP: (ms) =>
    `This begins ${seconds(ms)} seconds before what was said before it ends: one of the times is wrong.`,
  UNKNOWN_SPEAKER: () => 'It is not known who says this.',
  LOW_CONFIDENCE: (confidence) =>
    `This was hard to hear: the recognizer is ${percent(confidence)} % sure of it.`,
  EMPTY: () => 'There are no words in this.',
  REPEATED: (times) =>
    `The same words come ${times} times in a row; a recognizer does that when it has lost its way.`,
  TOO_FAST: (times) => `Nobody speaks so fast: ${times} times as fast as usual.`,
  TOO_SLOW: (times) =>
    `These are few words for so long: ${times} times as slow as usual; something may be missing.`,
};

const KOREAN: Messages = {
  GAP: (ms) => `이 앞에 ${seconds(ms)}초 동안 말이 없습니다. 쉬는 시간이었거나 빠진 부분이 있습니다.`,
  OVERLAP: (ms) => `앞의 말이 끝나기 ${seconds(ms)}초 전에 시작합니다. 시각 하나가 틀렸습니다.`,
  UNKNOWN_SPEAKER: () => '누가 한 말인지 알 수 없습니다.',
  LOW_CONFIDENCE: (confidence) => `잘 들리지 않은 부분입니다. 인식 확신도가 ${percent(confidence)} %입니다.`,
  EMPTY: () => '말이 들어 있지 않습니다.',
  REPEATED: (times) => `같은 말이 ${times}번 이어집니다. 음성 인식이 길을 잃으면 이렇게 됩니다.`,
  TOO_FAST: (times) => `이렇게 빨리 말하는 사람은 없습니다. 보통의 ${times}배 속도입니다.`,
  TOO_SLOW: (times) =>
    `시간에 비해 말이 너무 적습니다. 보통보다 ${times}배 느리며, 빠진 말이 있을 수 있습니다.`,
};

/** What a finding says to people: in Korean for `ko`, else in English. */
export function validationMessage(rule: ValidationRule, measured: number | null, language: string): string {
  const messages = /^ko\b/i.test(language) ? KOREAN : ENGLISH;
  return messages[rule](measured ?? 0);
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}

function percent(share: number): number {
  return Math.round(share * 100);
}
