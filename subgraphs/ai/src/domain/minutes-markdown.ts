import { composeDocument, type DocumentLine, type ReadableMinutes } from './minutes-document.ts';

/**
 * The minutes as a CommonMark document; every item ends with the time stamps of its evidence. Nothing said in the meeting can
 * act as markup.
 */
export function renderMinutes(minutes: ReadableMinutes): string {
  const { title, subtitle, notes, overview, sections } = composeDocument(minutes);
  const blocks = [
    `# ${escapeMarkdown(title)}`,
    escapeMarkdown(subtitle),
    ...notes.map(({ text, model }) => `*${text}*${model === null ? '' : ` (${escapeMarkdown(model)})`}`),
    escapeMarkdown(overview),
    ...sections.flatMap(({ heading, lines }) => [
      `## ${heading}`,
      lines.map((line) => `- ${writeLine(line)}`).join('\n'),
    ]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function writeLine({ speaker, text, stamps, accepted, details }: DocumentLine): string {
  const who = speaker === '' ? '' : `**${escapeMarkdown(speaker)}:** `;
  const decided = accepted === '' ? '' : ` — ${accepted}`;
  const known = details.map((detail) => {
    const shown = escapeMarkdown(detail.text);
    return ` · ${detail.strong ? `**${shown}**` : shown}`;
  });
  return `${who}${escapeMarkdown(text)} (${stamps})${decided}${known.join('')}`;
}

/** Plain text as one line of Markdown that shows it as it is (CommonMark 0.31, section 2.4). */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~&!]/g, String.raw`\$&`)
    .replace(/^([-+=])/, String.raw`\$1`)
    .replace(/^(\d{1,9})([.)])(?=\s|$)/, String.raw`$1\$2`);
}
