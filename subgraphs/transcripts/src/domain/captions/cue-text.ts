/** What one voice says in a cue. */
export interface Turn {
  /** From a `<v Name>` tag; absent when the cue does not say. */
  readonly speaker?: string;
  /** Lines as shown, without markup, trimmed, none blank. */
  readonly lines: readonly string[];
}

// Only markup that captions really use is taken away: dropping every "<...>", as a browser does, would lose
// words from talk such as "a List<String> there".
const KNOWN_TAG =
  /<(\/?)(c|i|b|u|s|v|ruby|rt|lang|font|span|p|br|em|strong)((?:[.\s/][^<>]*)?)>|<\d+:\d\d(?::\d\d)?\.\d{3}>/iy;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi;
const NAMED_ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00A0'],
  ['lrm', '\u200E'],
  ['rlm', '\u200F'],
]);

/**
 * Turns a cue's payload into what is said: takes markup and inline timestamps away, decodes character references,
 * and splits at voice tags (with or without `</v>`). Unknown tags and lone `<` stay as text. Linear time.
 */
export function readCueText(payload: string): Turn[] {
  const voices: { speaker: string; text: string }[] = [{ speaker: '', text: '' }];
  const append = (text: string): void => {
    const last = voices.at(-1);
    if (last) last.text += text;
  };
  for (let at = 0; at < payload.length; ) {
    const open = payload.indexOf('<', at);
    append(decodeEntities(payload.slice(at, open < 0 ? payload.length : open)));
    if (open < 0) break;
    KNOWN_TAG.lastIndex = open;
    const [tag, slash, name = '', annotation = ''] = KNOWN_TAG.exec(payload) ?? [];
    if (tag === undefined) append('<');
    else if (name.toLowerCase() === 'br') append('\n');
    else if (name.toLowerCase() === 'v')
      voices.push({ speaker: slash ? '' : voiceName(annotation), text: '' });
    at = open + (tag?.length ?? 1);
  }
  return joinNeighbors(voices);
}

/** Replaces character references such as `&amp;` and `&#39;`; unknown ones stay. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED_ENTITIES.get(name.toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** One line: every run of white space becomes one space, and none is left at the ends. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The name in ".loud.first Mary Ann" is "Mary Ann". */
function voiceName(annotation: string): string {
  return oneLine(decodeEntities(annotation.replace(/^\.\S*/, '')));
}

function joinNeighbors(voices: readonly { speaker: string; text: string }[]): Turn[] {
  const turns: { speaker: string; lines: string[] }[] = [];
  for (const { speaker, text } of voices) {
    const lines = text
      .split('\n')
      .map(oneLine)
      .filter((line) => line !== '');
    const last = turns.at(-1);
    if (lines.length === 0) continue;
    if (last?.speaker === speaker) last.lines = last.lines.concat(lines);
    else turns.push({ speaker, lines });
  }
  return turns.map(({ speaker, lines }) => (speaker === '' ? { lines } : { speaker, lines }));
}
