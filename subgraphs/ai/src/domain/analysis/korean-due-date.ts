import { type DueContext, nextDayOfMonth, type SpokenDate } from './spoken-date.ts';
import {
  addDays,
  compareDates,
  isoWeekday,
  isRealDate,
  type LocalDate,
  type LocalTime,
  lastOfMonth,
  weekdayOfWeek,
} from './zoned-time.ts';

type Groups = Readonly<Record<string, string | undefined>>;

interface Rule {
  readonly pattern: RegExp;
  date(context: DueContext, groups: Groups): LocalDate | undefined;
}

const FRIDAY = 5;
const WEEKDAYS = '월화수목금토일';
const WEEKS: Groups & Record<string, string> = {
  이번: '0',
  금: '0',
  다음: '1',
  차: '1',
  내: '1',
  다다음: '2',
};
const DAYS: Readonly<Record<string, number>> = {
  오늘: 0,
  내일: 1,
  모레: 2,
  내일모레: 2,
  글피: 3,
  하루: 1,
  이틀: 2,
  사흘: 3,
  나흘: 4,
  닷새: 5,
  엿새: 6,
  일주일: 7,
  열흘: 10,
  이주일: 14,
  보름: 15,
};
const WITHIN = String.raw`\s*(?:안에|안으로|이내|내로|내에|뒤|후|만에)`;

const weekdayNumber = (groups: Groups): number => WEEKDAYS.indexOf(groups['weekday'] ?? '') + 1;
const weeksAhead = (groups: Groups): number => Number(WEEKS[groups['week'] ?? ''] ?? 0);

/** More telling phrases first: the first rule that reads a day wins. */
const RULES: readonly Rule[] = [
  {
    pattern: /그\s*다음\s*날/u,
    date: ({ previous }) => (previous === undefined ? undefined : addDays(previous, 1)),
  },
  {
    pattern: /(?<week>다다음|다음|이번|금|차|내)\s*주\s*(?<weekday>[월화수목금토일])요일/u,
    date: ({ today }, groups) => weekdayOfWeek(today, weeksAhead(groups), weekdayNumber(groups)),
  },
  {
    pattern: /(?<week>다다음|다음|이번)\s*주말/u,
    date: ({ today }, groups) => weekdayOfWeek(today, weeksAhead(groups), 7),
  },
  {
    pattern: /(?<month>다음|이번)\s*달\s*(?<day>\d{1,2})일/u,
    date: ({ today }, groups) => {
      const { year, month } = lastOfMonth(today, groups['month'] === '다음' ? 1 : 0);
      return { year, month, day: Number(groups['day']) };
    },
  },
  {
    pattern: /(?<month>다음|이번)\s*달\s*(?:말|안에|내로|까지)/u,
    date: ({ today }, groups) => lastOfMonth(today, groups['month'] === '다음' ? 1 : 0),
  },
  { pattern: /월말/u, date: ({ today }) => lastOfMonth(today, 0) },
  {
    pattern: /(?:(?<year>\d{4})년\s*)?(?<month>\d{1,2})월\s*(?<day>\d{1,2})일/u,
    date: ({ today }, groups) => calendarDay(today, groups),
  },
  {
    pattern: /(?<month>\d{1,2})월\s*(?:말|안에|내로|까지)/u,
    date: ({ today }, groups) => {
      const months = (Number(groups['month']) - today.month + 12) % 12;
      return lastOfMonth(today, months);
    },
  },
  { pattern: /연말/u, date: ({ today }) => ({ year: today.year, month: 12, day: 31 }) },
  {
    pattern: new RegExp(`(?<day>하루|이틀|사흘|나흘|닷새|엿새|일주일|열흘|이주일|보름)${WITHIN}`, 'u'),
    date: ({ today }, groups) => addDays(today, DAYS[groups['day'] ?? ''] ?? 0),
  },
  {
    pattern: new RegExp(`(?<days>\\d{1,3})일${WITHIN}`, 'u'),
    date: ({ today }, groups) => addDays(today, Number(groups['days'])),
  },
  {
    pattern: new RegExp(`(?<weeks>\\d{1,2})주일?${WITHIN}`, 'u'),
    date: ({ today }, groups) => addDays(today, 7 * Number(groups['weeks'])),
  },
  {
    pattern: /(?<day>내일모레|오늘|내일|모레|글피)/u,
    date: ({ today }, groups) => addDays(today, DAYS[groups['day'] ?? ''] ?? 0),
  },
  {
    pattern: /(?<weekday>[월화수목금토일])요일/u,
    date: ({ today }, groups) => addDays(today, (weekdayNumber(groups) - isoWeekday(today) + 7) % 7),
  },
  {
    pattern: /(?<week>다다음|다음|이번)\s*주(?=\s*(?:중|까지|안|내|말|$|[가-힣]))/u,
    date: ({ today }, groups) => weekdayOfWeek(today, weeksAhead(groups), FRIDAY),
  },
  {
    pattern: /(?<![\d월]\s?)(?<day>\d{1,2})일(?=까지|\s*전|에)/u,
    date: ({ today }, groups) => nextDayOfMonth(today, Number(groups['day'])),
  },
];

const TIME =
  /^(?:에|의)?\s*(?<half>오전|오후|저녁|밤|새벽|아침|점심)?\s*(?:(?<hour>\d{1,2})시(?:\s*(?<minute>\d{1,2})분|\s*(?<thirty>반))?)?/u;
const SUFFIX = /^\s*(?:까지|전까지|중으로|중에|안으로|안에|내로|이내|에|쯤)/u;
const PAST = /지난|어제|그저께|원래/u;

function calendarDay(today: LocalDate, groups: Groups): LocalDate | undefined {
  const date = {
    year: Number(groups['year'] ?? today.year),
    month: Number(groups['month']),
    day: Number(groups['day']),
  };
  if (!isRealDate(date)) return undefined;
  // "1월 5일" said in December means the coming January.
  return groups['year'] === undefined && compareDates(date, today) < 0
    ? { ...date, year: date.year + 1 }
    : date;
}

function timeOfDay(groups: Groups): LocalTime | undefined {
  const half = groups['half'];
  const afternoon = half === '오후' || half === '저녁' || half === '밤';
  if (groups['hour'] === undefined) {
    if (half === '오전' || half === '아침' || half === '점심') return { hour: 12, minute: 0 };
    return half === '오후' ? { hour: 18, minute: 0 } : undefined;
  }
  const hour = Number(groups['hour']);
  const minute = groups['thirty'] === undefined ? Number(groups['minute'] ?? 0) : 30;
  if (hour > 24 || minute > 59) return undefined;
  // Working hours: a bare "3시" is in the afternoon.
  return { hour: hour < 12 && (afternoon || (half === undefined && hour < 7)) ? hour + 12 : hour, minute };
}

/** Reads a Korean date with its time of day and particle. Undefined when there is none or it lies in the past. */
export function readKoreanDue(text: string, context: DueContext): SpokenDate | undefined {
  for (const rule of RULES) {
    const match = rule.pattern.exec(text);
    if (match === null || PAST.test(text.slice(Math.max(0, match.index - 4), match.index))) continue;
    const date = rule.date(context, match.groups ?? {});
    if (date === undefined || !isRealDate(date) || compareDates(date, context.today) < 0) continue;
    const rest = text.slice(match.index + match[0].length);
    const clock = TIME.exec(rest);
    const time = timeOfDay(clock?.groups ?? {});
    const used = time === undefined ? 0 : (clock?.[0].length ?? 0);
    const suffix = SUFFIX.exec(rest.slice(used))?.[0] ?? '';
    const spoken = match[0] + rest.slice(0, used) + suffix;
    return { date, text: spoken, ...(time === undefined ? {} : { time }) };
  }
  return undefined;
}
