import { Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import type { DocumentLine, MinutesDocument } from './minutes-document.ts';

/** Word takes the first font for Latin letters and, by the same attribute, the East Asian one for Hangul. */
const FONT = { ascii: 'Calibri', hAnsi: 'Calibri', eastAsia: 'Malgun Gothic', cs: 'Calibri' } as const;
const QUOTE_COLOR = '595959';
// XML 1.0 has no place for these, not even as references (section 2.2).
const NOT_IN_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Minutes as Office Open XML (ECMA-376): headings that a navigation pane knows, one bullet an item, and under it what it was
 * taken from, each quote with its time and speaker. Text stays text: no field, link or macro can come of it.
 */
export async function writeDocx(
  { title, subtitle, notes, overview, sections }: MinutesDocument,
  language: string,
): Promise<Uint8Array> {
  const children = [
    new Paragraph({ heading: HeadingLevel.TITLE, children: [run(title)] }),
    new Paragraph({ children: [run(subtitle)] }),
    ...notes.map(({ text, model }) => {
      const said = model === null ? text : `${text} (${model})`;
      return new Paragraph({ children: [run(said, { italics: true })] });
    }),
    new Paragraph({ children: [run(overview)] }),
    ...sections.flatMap(({ heading, lines }) => [
      new Paragraph({ heading: HeadingLevel.HEADING_1, children: [run(heading)] }),
      ...lines.flatMap(paragraphsOf),
    ]),
  ];
  const document = new Document({
    title: clean(title),
    creator: 'Hoerok',
    styles: { default: { document: { run: { font: FONT, size: 22, language: languageOf(language) } } } },
    sections: [{ children }],
  });
  return await Packer.toBuffer(document);
}

function paragraphsOf(line: DocumentLine): Paragraph[] {
  const { speaker, text, stamps, accepted, details, quotes } = line;
  const item = new Paragraph({
    bullet: { level: 0 },
    keepNext: quotes.length > 0,
    children: [
      ...(speaker === '' ? [] : [run(`${speaker}: `, { bold: true })]),
      run(text),
      run(` (${stamps})`),
      ...(accepted === '' ? [] : [run(` — ${accepted}`)]),
      ...details.flatMap((detail) => [run(' · '), run(detail.text, { bold: detail.strong })]),
    ],
  });
  const evidence = quotes.map(({ speaker: who, stamp, quote }) => {
    const source = who === '' ? stamp : `${stamp} ${who}`;
    return new Paragraph({
      indent: { left: 1_080 },
      children: [run(`${source}: “${quote}”`, { color: QUOTE_COLOR, size: 18 })],
    });
  });
  return [item, ...evidence];
}

type RunStyle = Partial<Record<'bold' | 'italics', boolean>> & {
  readonly color?: string;
  readonly size?: number;
};

function run(text: string, style: RunStyle = {}): TextRun {
  return new TextRun({ text: clean(text), ...style });
}

function clean(text: string): string {
  return text.toWellFormed().replace(NOT_IN_XML, '').replace(/\s+/gu, ' ');
}

/** What a spelling checker goes by; a mixed meeting has both. */
function languageOf(language: string): { value: string; eastAsia: string } {
  const tag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) && language !== 'mul' ? language : 'en-US';
  return { value: tag.startsWith('ko') ? 'en-US' : tag, eastAsia: 'ko-KR' };
}
