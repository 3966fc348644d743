import { AppError } from '../errors/index.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Characters that a search may have. */
export const MAX_SEARCH_LENGTH = 200;
const MAX_TERMS = 20;

/** One word or quoted phrase of a search. */
export interface SearchTerm {
  readonly tokens: readonly Token[];
  readonly excluded: boolean;
}

/** A decoded search: all terms have to be there, but those that must not. */
export interface ParsedSearch {
  readonly terms: readonly SearchTerm[];
  /** The same as JSON, for `search_query($n::jsonb)`. */
  readonly json: string;
}

/**
 * Decodes what people type: words, which all have to be there; `"quoted phrases"`; `-excluded` words and phrases. Nothing in
 * it is an operator of the database.
 * @throws AppError `BAD_INPUT` when it is longer than {@link MAX_SEARCH_LENGTH}, has more than 20 terms or none to find.
 */
export function parseSearch(text: string, path: readonly string[] = ['text']): ParsedSearch {
  const refuse = (reason: string): AppError =>
    new AppError('BAD_INPUT', `${path.join('.')}: ${reason}.`, { logLevel: 'debug', extensions: { path } });
  if (text.length > MAX_SEARCH_LENGTH) throw refuse(`takes at most ${MAX_SEARCH_LENGTH} characters`);
  const plain = text.normalize('NFC').replace(/[“”„«»]/g, '"');
  const terms = [...plain.matchAll(/(-?)(?:"([^"]*)"?|([^\s"]+))/g)]
    .map(([, minus, phrase, word]) => ({
      excluded: minus === '-',
      tokens: tokensOf(phrase ?? word ?? ''),
    }))
    .filter(({ tokens }) => tokens.length > 0);
  if (terms.length > MAX_TERMS) throw refuse(`takes at most ${MAX_TERMS} words and phrases`);
  if (terms.every(({ excluded }) => excluded)) throw refuse('needs a word to find');
  return { terms, json: JSON.stringify(terms.map(inSql)) };
}

/** {@link parseSearch}, or null for a text that holds nothing to find. */
export function tryParseSearch(text: string, path?: readonly string[]): ParsedSearch | null {
  return text.length <= MAX_SEARCH_LENGTH && !/[^\s\p{P}]/u.test(text) ? null : parseSearch(text, path);
}

/**
 * A phrase in the tokens of the index. The last syllable of a run stands alone there and ends a word; behind the last run of
 * a search a particle may follow, so it is left away, and a run of one syllable stands for all that begins with it.
 */
function inSql({ tokens, excluded }: SearchTerm): {
  readonly phrase: string;
  readonly syllable: string | null;
  readonly excluded: boolean;
} {
  const last = tokens.at(-1);
  const phrase = tokens.flatMap((token, place) => {
    const next = tokens[place + 1];
    if (!token.syllable) return [token.text];
    if (next?.joined === true) return [token.text + next.text];
    return token === last ? [] : [token.text];
  });
  const alone = last?.syllable === true && !last.joined;
  return { phrase: phrase.join(' '), syllable: alone ? last.text : null, excluded };
}
