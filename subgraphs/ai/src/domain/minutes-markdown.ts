import type { ReviewState } from './review.ts';

/** One statement as the document shows it. */
export interface MarkdownItem {
  readonly text: string;
  readonly review: ReviewState;
  readonly evidence: readonly { readonly startMs: number; readonly speakerLabel: string }[];
  /** Of an action item. */
  readonly assigneeName: string | null;
  readonly dueAt: Date | null;
}

/** Everything the document is made of; text is plain, not Markdown. */
export interface MarkdownMinutes {
  readonly title: string;
  readonly startedAt: Date;
  /** IANA zone in which times are shown. */
  readonly timeZone: string;
  readonly revision: number;
  /** BCP 47 tag; Korean headings for `ko`, bilingual ones for `mul`, else English. */
  readonly language: string;
  readonly overview: string;
  readonly points: readonly MarkdownItem[];
  readonly decisions: readonly MarkdownItem[];
  readonly actionItems: readonly MarkdownItem[];
  readonly openQuestions: readonly MarkdownItem[];
}

const WORDS = {
  points: { en: 'Key statements', ko: '핵심 발언' },
  decisions: { en: 'Possible decisions', ko: '가능한 결정' },
  actionItems: { en: 'Suggested action items', ko: '제안된 할 일' },
  openQuestions: { en: 'Open questions', ko: '열린 질문' },
  accepted: { en: 'accepted', ko: '승인됨' },
  revision: { en: 'revision', ko: '개정' },
  origin: {
    en: 'Sentences selected from the transcript, not written. Times count from its start.',
    ko: '녹취록에서 고른 문장이며 새로 쓴 글이 아닙니다. 시각은 녹취 시작부터 셉니다.',
  },
} as const;

type Say = (word: keyof typeof WORDS) => string;

/**
 * The minutes as a CommonMark document. Sections without items and rejected items are left out; every item ends with
 * the time stamps of its evidence. Nothing said in the meeting can act as markup.
 */
export function renderMinutes(minutes: MarkdownMinutes): string {
  const say = sayIn(minutes.language);
  const said = (item: MarkdownItem): string => `${speakerOf(item)}${line(item, say)}`;
  const plain = (item: MarkdownItem): string => line(item, say);
  const work = (item: MarkdownItem): string => `${line(item, say)}${commitment(item, minutes.timeZone)}`;
  const blocks = [
    `# ${escapeMarkdown(minutes.title)}`,
    `${localTime(minutes.startedAt, minutes.timeZone)} (${escapeMarkdown(minutes.timeZone)}) · ${say('revision')} ${minutes.revision}`,
    `*${say('origin')}*`,
    escapeMarkdown(minutes.overview),
    ...section(say('points'), minutes.points, said),
    ...section(say('decisions'), minutes.decisions, said),
    ...section(say('actionItems'), minutes.actionItems, work),
    ...section(say('openQuestions'), minutes.openQuestions, plain),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function sayIn(language: string): Say {
  const primary = language.toLowerCase().split('-')[0];
  if (primary === 'mul') return (word) => `${WORDS[word].ko} / ${WORDS[word].en}`;
  return (word) => WORDS[word][primary === 'ko' ? 'ko' : 'en'];
}

function section(
  heading: string,
  items: readonly MarkdownItem[],
  write: (item: MarkdownItem) => string,
): string[] {
  const shown = items.filter(({ review }) => review !== 'REJECTED');
  return shown.length === 0 ? [] : [`## ${heading}`, shown.map((item) => `- ${write(item)}`).join('\n')];
}

function speakerOf({ evidence }: MarkdownItem): string {
  const label = evidence[0]?.speakerLabel ?? '';
  return label === '' ? '' : `**${escapeMarkdown(label)}:** `;
}

function line({ text, review, evidence }: MarkdownItem, say: Say): string {
  const stamps = [...new Set(evidence.map(({ startMs }) => timeStamp(startMs)))].join(', ');
  const accepted = review === 'ACCEPTED' || review === 'EDITED' ? ` — ${say('accepted')}` : '';
  return `${escapeMarkdown(text)} (${stamps})${accepted}`;
}

function commitment({ assigneeName, dueAt }: MarkdownItem, timeZone: string): string {
  const who = assigneeName === null ? [] : [`**${escapeMarkdown(assigneeName)}**`];
  const when = dueAt === null ? [] : [localTime(dueAt, timeZone).replace(/ 23:59$/, '')];
  return [...who, ...when].map((part) => ` · ${part}`).join('');
}

/** `05:09`, from one hour on `1:05:09`. */
function timeStamp(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const tail = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3_600 ? tail : `${Math.floor(seconds / 3_600)}:${tail}`;
}

/** `2026-03-04 10:00`: the Swedish notation is that of ISO 8601. */
function localTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
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
