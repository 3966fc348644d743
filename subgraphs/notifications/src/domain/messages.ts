import { ENGLISH } from './english.ts';
import { KOREAN } from './korean.ts';
import type { Language, NotificationKind, ParametersByKind, Text } from './notification-kind.ts';

/** The language to write in for a BCP 47 tag: Korean for Korean, English for everything else. */
export function languageFor(tag: string): Language {
  return /^ko(-|$)/i.test(tag) ? 'ko' : 'en';
}

/** Writes a notification: its kind and facts are stored, its text is made when it is read. */
export function writeMessage<K extends NotificationKind>(
  kind: K,
  parameters: ParametersByKind[K],
  language: Language,
): Text {
  return (language === 'ko' ? KOREAN : ENGLISH)[kind](parameters);
}
