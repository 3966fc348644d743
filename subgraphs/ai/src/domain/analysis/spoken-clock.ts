import type { LocalTime } from './zoned-time.ts';

/** A time of day as it was said; `end` or `minutes` when its end or length was said too. */
export interface SpokenClock {
  readonly start: LocalTime;
  readonly end?: LocalTime;
  readonly minutes?: number;
}

type Groups = Readonly<Record<string, string | undefined>>;

const ENGLISH_HOURS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const KOREAN_HOURS = '한 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두'.split(' ');
const MINUTE_WORDS: Readonly<Record<string, number>> = {
  fifteen: 15,
  thirty: 30,
  'forty-five': 45,
  'forty five': 45,
};
const HOUR = `(?<hour>\\d{1,2}|${ENGLISH_HOURS.join('|')})`;
const MERIDIEM = String.raw`(?:\s*(?<half>a\.?m\b|p\.?m\b)|(?:\s+o'?clock)?\s+in the (?<day>morning|afternoon|evening))?`;
const MINUTE = String.raw`(?::(?<minute>[0-5]\d)|\s+(?<spoken>fifteen|thirty|forty[- ]five))?`;
/** "at three", "at 14:30", "from 2", "3 pm", "ten o'clock". */
const ENGLISH = new RegExp(
  `(?:\\b(?:at|from|around|starting)\\s+${HOUR}${MINUTE}\\b${MERIDIEM}|\\b${HOUR.replace('hour', 'hour2')}${MINUTE.replace('minute', 'minute2').replace('spoken', 'spoken2')}(?:\\s+o'?clock|(?=\\s*[ap]\\.?m\\b))${MERIDIEM.replace('half', 'half2').replace('day', 'day2')}|\\b(?<clock>[01]?\\d|2[0-3]):(?<clockMinute>[0-5]\\d)\\b)`,
  'iu',
);
const PAST_HOUR = new RegExp(`\\b(?<part>half|quarter) (?<side>past|to) ${HOUR}\\b`, 'iu');
const ENGLISH_NOON = /\b(?:at )?noon\b/iu;
const ENGLISH_END = new RegExp(`^\\s*(?:to|till|until|-|–)\\s*${HOUR}${MINUTE}\\b${MERIDIEM}`, 'iu');
const KOREAN_HOUR = `(?<hour>\\d{1,2}|${KOREAN_HOURS.toReversed().join('|')})\\s*시(?!간|작|스|점|험)(?:\\s*(?<minute>\\d{1,2}|십오|삼십)\\s*분|\\s*(?<thirty>반))?`;
const KOREAN_HALF = '(?:(?<half>오전|오후|아침|점심|저녁|밤|낮)\\s*)?';
const KOREAN = new RegExp(`${KOREAN_HALF}${KOREAN_HOUR}`, 'u');
const KOREAN_NOON = /정오/u;
const KOREAN_END = new RegExp(`^\\s*(?:부터|에서|~|-)\\s*${KOREAN_HALF}${KOREAN_HOUR}`, 'u');
const KOREAN_HALVES: Readonly<Record<string, 'am' | 'pm'>> = {
  오전: 'am',
  아침: 'am',
  오후: 'pm',
  점심: 'pm',
  낮: 'pm',
  저녁: 'pm',
  밤: 'pm',
};
const KOREAN_MINUTES: Readonly<Record<string, number>> = { 십오: 15, 삼십: 30 };
const LENGTHS: readonly (readonly [RegExp, (groups: Groups) => number])[] = [
  [/\bfor half an hour\b/iu, () => 30],
  [/\bfor an hour and a half\b|한\s*시간\s*반/iu, () => 90],
  [/\bfor (?:an|one) hour\b/iu, () => 60],
  [/\bfor (?<n>\d{1,2}|two|three) hours\b/iu, ({ n }) => 60 * numberOf(n, ENGLISH_HOURS)],
  [/\bfor (?<n>\d{1,3}) minutes\b/iu, ({ n }) => Number(n)],
  [
    /\bfor (?<n>thirty|forty[- ]five|fifteen) minutes\b/iu,
    ({ n }) => MINUTE_WORDS[n?.toLowerCase() ?? ''] ?? 0,
  ],
  [/(?<n>\d{1,2}|한|두|세)\s*시간\s*(?:동안|정도|짜리|만)/u, ({ n }) => 60 * numberOf(n, KOREAN_HOURS)],
  [/(?<n>\d{1,3})\s*분\s*(?:동안|정도|짜리|간|만)/u, ({ n }) => Number(n)],
];

/** Reads the first time of day of a sentence. A bare hour from one to six is in the afternoon: people work then. */
export function readSpokenClock(text: string): SpokenClock | undefined {
  const found = koreanClock(text) ?? englishClock(text);
  if (found === undefined) return undefined;
  const { start, rest } = found;
  const end = endOf(rest, start);
  if (end !== undefined) return { start, end };
  for (const [pattern, length] of LENGTHS) {
    const match = pattern.exec(text);
    if (match !== null) return { start, minutes: length(match.groups ?? {}) };
  }
  return { start };
}

interface Found {
  readonly start: LocalTime;
  /** What is said behind it. */
  readonly rest: string;
}

function koreanClock(text: string): Found | undefined {
  if (KOREAN_NOON.test(text)) return { start: { hour: 12, minute: 0 }, rest: '' };
  const match = KOREAN.exec(text);
  const start = match === null ? undefined : koreanTime(match.groups ?? {});
  if (match === null || start === undefined) return undefined;
  return { start, rest: text.slice(match.index + match[0].length) };
}

function koreanTime(groups: Groups): LocalTime | undefined {
  const { half, minute, thirty } = groups;
  const spoken = KOREAN_MINUTES[minute ?? ''] ?? Number(minute ?? 0);
  return timeOf(
    numberOf(groups['hour'], KOREAN_HOURS),
    thirty === undefined ? spoken : 30,
    half === undefined ? undefined : KOREAN_HALVES[half],
  );
}

function englishClock(text: string): Found | undefined {
  const past = PAST_HOUR.exec(text);
  if (past !== null) return pastHour(past, text);
  const match = ENGLISH.exec(text);
  if (match === null) {
    const noon = ENGLISH_NOON.exec(text);
    return noon === null
      ? undefined
      : { start: { hour: 12, minute: 0 }, rest: text.slice(noon.index + noon[0].length) };
  }
  const start = englishTime(match.groups ?? {});
  return start === undefined ? undefined : { start, rest: text.slice(match.index + match[0].length) };
}

function englishTime(groups: Groups): LocalTime | undefined {
  const hour = groups['hour'] ?? groups['hour2'] ?? groups['clock'];
  const minute = groups['minute'] ?? groups['minute2'] ?? groups['clockMinute'];
  const spoken = groups['spoken'] ?? groups['spoken2'];
  const minutes = spoken === undefined ? Number(minute ?? 0) : (MINUTE_WORDS[spoken.toLowerCase()] ?? 0);
  return timeOf(numberOf(hour, ENGLISH_HOURS), minutes, halfOf(groups));
}

function halfOf(groups: Groups): 'am' | 'pm' | undefined {
  const half = (groups['half'] ?? groups['half2'])?.replaceAll('.', '').toLowerCase();
  if (half === 'am' || half === 'pm') return half;
  const day = (groups['day'] ?? groups['day2'])?.toLowerCase();
  if (day === undefined) return undefined;
  return day === 'morning' ? 'am' : 'pm';
}

function pastHour(match: RegExpExecArray, text: string): Found | undefined {
  const { part, side, hour } = match.groups ?? {};
  const minutes = part?.toLowerCase() === 'half' ? 30 : 15;
  const whole = numberOf(hour, ENGLISH_HOURS);
  const start =
    side?.toLowerCase() === 'to'
      ? timeOf(whole - 1, 60 - minutes, undefined)
      : timeOf(whole, minutes, undefined);
  return start === undefined ? undefined : { start, rest: text.slice(match.index + match[0].length) };
}

/** The end belongs to the same half of the day unless it would lie before the start. */
function endOf(rest: string, start: LocalTime): LocalTime | undefined {
  const korean = KOREAN_END.exec(rest);
  const english = korean === null ? ENGLISH_END.exec(rest) : null;
  const end =
    korean === null ? english && englishTime(english.groups ?? {}) : koreanTime(korean.groups ?? {});
  if (end == null) return undefined;
  const later = end.hour < start.hour && end.hour + 12 < 24 ? { ...end, hour: end.hour + 12 } : end;
  return later.hour * 60 + later.minute > start.hour * 60 + start.minute ? later : undefined;
}

function numberOf(word: string | undefined, names: readonly string[]): number {
  if (word === undefined) return Number.NaN;
  const at = names.indexOf(word.toLowerCase());
  return at === -1 ? Number(word) : at + 1;
}

function timeOf(hour: number, minute: number, half: 'am' | 'pm' | undefined): LocalTime | undefined {
  if (!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59)) return undefined;
  if (half === 'am') return { hour: hour === 12 ? 0 : hour, minute };
  if (half === 'pm') return { hour: hour < 12 ? hour + 12 : hour, minute };
  return { hour: hour >= 1 && hour <= 6 ? hour + 12 : hour, minute };
}
