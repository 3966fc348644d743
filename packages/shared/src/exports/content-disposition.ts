const MAX_NAME_CHARS = 120;
// Path separators, what Windows refuses, control characters, and the invisible ones that make `exe` look like `txt`.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]/gu;

/** A name that every file system takes, of what a person wrote: one line, no path, at most 120 characters. */
export function safeFileName(text: string, extension: string): string {
  const name = text
    .toWellFormed()
    .normalize('NFC')
    .replace(UNSAFE, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+/u, '');
  const short = name
    .slice(0, MAX_NAME_CHARS)
    // The cut may have gone through a character of two code units.
    .replace(/[\uD800-\uDBFF]$/, '')
    .replace(/[. ]+$/u, '');
  return `${short === '' ? 'hoerok' : short}.${extension}`;
}

/** A `content-disposition` that has a browser keep the file under its name (RFC 6266; in UTF-8 by RFC 8187). */
export function attachment(filename: string): string {
  const ascii = filename.replace(/[^ -~]/gu, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
