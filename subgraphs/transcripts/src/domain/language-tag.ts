/** As for the languages of inputs. */
const LANGUAGE_TAG = /^(?=.{2,35}$)[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The value when it is a language tag (BCP 47); what a file calls its language may be anything. */
export function languageTag(value: string | undefined): string | null {
  return value !== undefined && LANGUAGE_TAG.test(value) ? value : null;
}
