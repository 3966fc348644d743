/** A BCP 47 tag such as "ko", "en-GB" or "mul". */
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The value when it is a language tag; what a file calls its language may be anything. */
export function languageTag(value: string | undefined): string | null {
  return value !== undefined && value.length <= 35 && LANGUAGE_TAG.test(value) ? value : null;
}
