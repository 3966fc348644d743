import { type FallbackCode, fallbackMessage } from './fallback.ts';
import type { ReviewState } from './review.ts';

/** One statement, with where it was said. */
export interface ReadableItem {
  readonly text: string;
  readonly review: ReviewState;
  readonly evidence: readonly ReadableEvidence[];
  /** Of an action item. */
  readonly assigneeName: string | null;
  readonly dueAt: Date | null;
}

/** Words of the meeting; `speakerLabel` is `''` when nobody knows who said them. */
export interface ReadableEvidence {
  readonly startMs: number;
  readonly speakerLabel: string;
  readonly quote: string;
}

/** An appointment; only one without a start is not shown. */
export interface ReadableAppointment extends ReadableItem {
  readonly title: string | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly allDay: boolean | null;
}

/** Everything a document of minutes is made of; text is plain. */
export interface ReadableMinutes {
  readonly title: string;
  readonly startedAt: Date;
  /** IANA zone in which times are shown. */
  readonly timeZone: string;
  readonly revision: number;
  /** BCP 47 tag; Korean headings for `ko`, bilingual ones for `mul`, else English. */
  readonly language: string;
  readonly overview: string;
  /** The language model that wrote; null when none did. */
  readonly providerModel: string | null;
  /** Why none did although one was to. */
  readonly fallbackCode: FallbackCode | null;
  /** Of a language model: sections of the transcript that the minutes know nothing of. */
  readonly dropped: { readonly sections: number; readonly ofSections: number } | null;
  readonly points: readonly ReadableItem[];
  readonly decisions: readonly ReadableItem[];
  readonly actionItems: readonly ReadableItem[];
  readonly openQuestions: readonly ReadableItem[];
  readonly schedule: readonly ReadableAppointment[];
}

/** What a document says and in which order, whatever it is written in. All text is plain. */
export interface MinutesDocument {
  readonly title: string;
  /** When the meeting began, where, and which revision of the minutes this is. */
  readonly subtitle: string;
  /** Who wrote, so that nobody takes selected sentences for a summary or a model's words for what was said. */
  readonly notes: readonly { readonly text: string; readonly model: string | null }[];
  readonly overview: string;
  /** Those that hold something. */
  readonly sections: readonly DocumentSection[];
}

/** A heading and what stands under it. */
export interface DocumentSection {
  readonly heading: string;
  readonly lines: readonly DocumentLine[];
}

/** One item as a reader sees it. */
export interface DocumentLine {
  /** `''` when it is not shown. */
  readonly speaker: string;
  readonly text: string;
  /** Times of its evidence, each once. */
  readonly stamps: string;
  /** `''` unless somebody has accepted it. */
  readonly accepted: string;
  /** Owner, due date, time of an appointment. */
  readonly details: readonly { readonly text: string; readonly strong: boolean }[];
  readonly quotes: readonly { readonly speaker: string; readonly stamp: string; readonly quote: string }[];
}

const WORDS = {
  points: { en: 'Key statements', ko: '핵심 발언' },
  decisions: { en: 'Possible decisions', ko: '가능한 결정' },
  actionItems: { en: 'Suggested action items', ko: '제안된 할 일' },
  openQuestions: { en: 'Open questions', ko: '미해결 질문' },
  schedule: { en: 'Suggested appointments', ko: '제안된 일정' },
  accepted: { en: 'accepted', ko: '승인됨' },
  revision: { en: 'revision', ko: '개정' },
  origin: {
    en: 'Sentences selected from the transcript, not written. Times count from its start.',
    ko: '녹취록에서 고른 문장이며 새로 쓴 글이 아닙니다. 시각은 녹취 시작부터 셉니다.',
  },
  writtenPoints: { en: 'Key points', ko: '주요 내용' },
  written: {
    en: 'Written by a language model from the transcript. Its quotes were checked, its wording was not. Times count from the start of the transcript.',
    ko: '언어 모델이 녹취록을 바탕으로 쓴 글입니다. 인용은 대조했으나 표현은 확인하지 않았습니다. 시각은 녹취 시작부터 셉니다.',
  },
  incomplete: {
    en: 'Parts of the transcript are missing here, because the model gave no usable answer for them:',
    ko: '모델의 응답을 사용할 수 없어 빠진 녹취록 부분:',
  },
} as const;

type Say = (word: keyof typeof WORDS) => string;
type Shown = Partial<Pick<DocumentLine, 'speaker' | 'details'>>;

/** Lays minutes out in their language. Sections without items and rejected items are left out. */
export function composeDocument(minutes: ReadableMinutes): MinutesDocument {
  const { language, timeZone, providerModel } = minutes;
  const say = sayIn(language);
  const section = <T extends ReadableItem>(
    heading: string,
    items: readonly T[],
    shown: (item: T) => Shown,
  ): DocumentSection[] => {
    const kept = items.filter(({ review }) => review !== 'REJECTED');
    if (kept.length === 0) return [];
    return [{ heading, lines: kept.map((item) => ({ ...lineOf(item, say), ...shown(item) })) }];
  };
  // What a model worded is nobody's words.
  const said = ({ evidence }: ReadableItem): Shown =>
    providerModel === null ? { speaker: evidence[0]?.speakerLabel ?? '' } : {};
  return {
    title: minutes.title,
    subtitle: `${localTime(minutes.startedAt, timeZone)} (${timeZone}) · ${say('revision')} ${minutes.revision}`,
    notes: authorship(minutes, say),
    overview: minutes.overview,
    sections: [
      ...section(say(providerModel === null ? 'points' : 'writtenPoints'), minutes.points, said),
      ...section(say('decisions'), minutes.decisions, said),
      ...section(say('actionItems'), minutes.actionItems, (item) => ({
        details: commitment(item, timeZone),
      })),
      ...section(say('schedule'), minutes.schedule, (item) => ({ details: appointment(item, timeZone) })),
      ...section(say('openQuestions'), minutes.openQuestions, () => ({})),
    ],
  };
}

/** `05:09`, from one hour on `1:05:09`. */
export function timeStamp(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const tail = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds < 3_600 ? tail : `${Math.floor(seconds / 3_600)}:${tail}`;
}

function authorship(
  { providerModel, fallbackCode, dropped, language }: ReadableMinutes,
  say: Say,
): MinutesDocument['notes'] {
  const note = (text: string): { text: string; model: string | null } => ({ text, model: null });
  if (providerModel === null) {
    const reason = fallbackCode === null ? [] : [note(fallbackMessage(fallbackCode, language))];
    return [note(say('origin')), ...reason];
  }
  const holes = dropped === null || dropped.sections === 0 ? '' : `${dropped.sections}/${dropped.ofSections}`;
  const missing = holes === '' ? [] : [note(`${say('incomplete')} ${holes}`)];
  return [{ text: say('written'), model: providerModel }, ...missing];
}

function sayIn(language: string): Say {
  const primary = language.toLowerCase().split('-')[0];
  if (primary === 'mul') return (word) => `${WORDS[word].ko} / ${WORDS[word].en}`;
  return (word) => WORDS[word][primary === 'ko' ? 'ko' : 'en'];
}

function lineOf({ text, review, evidence }: ReadableItem, say: Say): DocumentLine {
  return {
    speaker: '',
    text,
    stamps: [...new Set(evidence.map(({ startMs }) => timeStamp(startMs)))].join(', '),
    accepted: review === 'ACCEPTED' || review === 'EDITED' ? say('accepted') : '',
    details: [],
    quotes: evidence.map(({ startMs, speakerLabel, quote }) => {
      return { speaker: speakerLabel, stamp: timeStamp(startMs), quote };
    }),
  };
}

function commitment({ assigneeName, dueAt }: ReadableItem, timeZone: string): DocumentLine['details'] {
  const who = assigneeName === null ? [] : [{ text: assigneeName, strong: true }];
  const when =
    dueAt === null ? [] : [{ text: localTime(dueAt, timeZone).replace(/ 23:59$/, ''), strong: false }];
  return [...who, ...when];
}

function appointment(
  { title, startsAt, endsAt, allDay }: ReadableAppointment,
  timeZone: string,
): DocumentLine['details'] {
  const what = title === null ? [] : [{ text: title, strong: true }];
  if (startsAt === null) return what;
  const start = localTime(startsAt, timeZone);
  const end = endsAt === null ? '' : localTime(endsAt, timeZone);
  const [day = ''] = start.split(' ');
  const until = end.startsWith(day) ? end.slice(day.length + 1) : end;
  const when = allDay === true ? day : [start, until].filter((part) => part !== '').join(' – ');
  return [...what, { text: when, strong: false }];
}

/** `2026-03-04 10:00`: the Swedish notation is that of ISO 8601. */
function localTime(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at);
}
