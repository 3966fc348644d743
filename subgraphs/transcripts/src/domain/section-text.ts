import { createHash } from 'node:crypto';

const MAX_TITLE_CHARS = 60;

/** SHA-256 of the texts of a section, in hexadecimal. Texts are single lines, so other texts give another input. */
export function contentHash(texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex');
}

/** The first words of a section, at most 60 characters, with an ellipsis where words are left out. */
export function titleOf(texts: readonly string[]): string {
  let title = '';
  for (const word of texts
    .join(' ')
    .slice(0, MAX_TITLE_CHARS * 4)
    .split(' ')) {
    const longer = title === '' ? word : `${title} ${word}`;
    if (longer.length > MAX_TITLE_CHARS)
      return `${title === '' ? word.slice(0, MAX_TITLE_CHARS).toWellFormed() : title}…`;
    title = longer;
  }
  return title;
}

/** Words between white space; 어절 in Korean. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}
