import type { AnalysisRequest, DraftAppointment } from './draft-minutes.ts';
import { appointmentTitle, isAppointment, isAgreement, isDeadline } from './appointment-phrases.ts';
import { dueContext } from './due-date.ts';
import { readEnglishDue } from './english-due-date.ts';
import { readKoreanDue } from './korean-due-date.ts';
import type { People } from './people.ts';
import { evidenceOf, type Sentence } from './sentences.ts';
import { readSpokenClock, type SpokenClock } from './spoken-clock.ts';
import type { DueContext } from './spoken-date.ts';
import { addDays, instantOf, type LocalDate, type LocalTime, offsetMinutes } from './zoned-time.ts';

const MAX_APPOINTMENTS = 5;
/** Day and time are often said in the sentence after ("When shall we meet?" "Tuesday, at three."). */
const LOOK_AHEAD = 2;
const MAX_ANSWER_WORDS = 14;
const AGREE_WITHIN = 3;
const STATED_CONFIDENCE = 0.7;
const ASKED_CONFIDENCE = 0.45;
const AGREED_BONUS = 0.2;
const NO_TIME_MALUS = 0.15;
const SAME_TIME = /\bsame time\b|같은\s*(?:시간|시각)/iu;
/** A day that a calendar can hold: "next week" and "by the end of the month" are none. */
const NAMED_DAY =
  /\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:today|tonight|tomorrow)\b|\d(?:st|nd|rd|th)\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b.*\d|요일|일(?:$|[^가-힣]|에|로|은|이|날|까지)|오늘|내일|모레|글피/iu;

interface Found {
  readonly sentences: readonly Sentence[];
  readonly date: LocalDate;
  readonly clock: SpokenClock | undefined;
  readonly confidence: number;
}

/**
 * The appointments that were made in a meeting, at most 5 of the clearest, in the order of their dates: somebody says that
 * people will meet and on which day. One without a time of day lasts all day. Throws RangeError for an invalid start
 * instant or time zone.
 */
export function findAppointments(
  request: AnalysisRequest,
  sentences: readonly Sentence[],
  people: People,
): DraftAppointment[] {
  const context = dueContext(request.startedAt, request.timeZone);
  const drafts = sentences.flatMap((_sentence, at) => {
    const found = appointmentAt(sentences, at, context);
    return found === undefined ? [] : [draftOf(found, { request, people, context })];
  });
  const clearest = new Map<string, DraftAppointment>();
  for (const draft of drafts) {
    const known = clearest.get(draft.startsAt);
    if (known === undefined || known.confidence < draft.confidence) clearest.set(draft.startsAt, draft);
  }
  return [...clearest.values()]
    .filter(({ startsAt, allDay }) => allDay || new Date(startsAt) > context.startedAt)
    .toSorted((left, right) => right.confidence - left.confidence)
    .slice(0, MAX_APPOINTMENTS)
    .toSorted((left, right) => left.startsAt.localeCompare(right.startsAt));
}

function appointmentAt(sentences: readonly Sentence[], at: number, context: DueContext): Found | undefined {
  const said = sentences[at];
  if (said === undefined || !isAppointment(said.text)) return undefined;
  const window = [said, ...answersTo(sentences, at)];
  const dated = window.findIndex(({ text }) => dayIn(text, context) !== undefined);
  const date = dayIn(window[dated]?.text ?? '', context);
  if (date === undefined) return undefined;
  const timed = window.findIndex(({ text }, place) => place >= dated && clockIn(text, context) !== undefined);
  const clock = timed === -1 ? undefined : clockIn(window[timed]?.text ?? '', context);
  const used = new Set([0, dated, ...(timed === -1 ? [] : [timed])]);
  const asked = window[Math.max(...used)]?.text.endsWith('?') === true;
  const agreed = agreedAfter(sentences, at + Math.max(...used));
  if (asked && !agreed) return undefined;
  const confidence = (asked ? ASKED_CONFIDENCE : STATED_CONFIDENCE) + (agreed ? AGREED_BONUS : 0);
  return {
    sentences: window.filter((_, place) => used.has(place)),
    date,
    clock,
    confidence: clock === undefined ? confidence - NO_TIME_MALUS : confidence,
  };
}

/** Short sentences right after, up to the next one that makes an appointment of its own. */
function answersTo(sentences: readonly Sentence[], at: number): Sentence[] {
  const next = sentences.slice(at + 1, at + 1 + LOOK_AHEAD);
  const end = next.findIndex(({ length, text }) => length > MAX_ANSWER_WORDS || isAppointment(text));
  return end === -1 ? next : next.slice(0, end);
}

function agreedAfter(sentences: readonly Sentence[], at: number): boolean {
  const asker = sentences[at]?.speakerLabel;
  return sentences
    .slice(at + 1, at + 1 + AGREE_WITHIN)
    .some(({ text, speakerLabel }) => speakerLabel !== asker && isAgreement(text));
}

function dayIn(text: string, context: DueContext): LocalDate | undefined {
  const spoken = readKoreanDue(text, context) ?? readEnglishDue(text, context);
  if (spoken === undefined || !NAMED_DAY.test(spoken.text) || isDeadline(text, spoken.text)) return undefined;
  return spoken.date;
}

function clockIn(text: string, context: DueContext): SpokenClock | undefined {
  return SAME_TIME.test(text) ? { start: startOfMeeting(context) } : readSpokenClock(text);
}

function startOfMeeting({ startedAt, timeZone }: DueContext): LocalTime {
  const local = new Date(startedAt.getTime() + offsetMinutes(startedAt, timeZone) * 60_000);
  return { hour: local.getUTCHours(), minute: local.getUTCMinutes() };
}

function draftOf(
  found: Found,
  given: { readonly request: AnalysisRequest; readonly people: People; readonly context: DueContext },
): DraftAppointment {
  const { request, people } = given;
  const [said] = found.sentences;
  const text = found.sentences.map((sentence) => sentence.text).join(' ');
  const named = people.named(text).flatMap(({ id }) => id ?? []);
  const speaker = people.speaker(said?.speakerLabel ?? '')?.id;
  const everybody = request.participants.map(({ id }) => id);
  return {
    text,
    evidence: found.sentences.flatMap((sentence) => evidenceOf(sentence, request.segments)),
    confidence: Math.round(found.confidence * 100) / 100,
    title: appointmentTitle(said?.text ?? '', request.title, said?.korean === true),
    // Who names somebody means to meet them; "we" are all.
    attendeeIds:
      named.length === 0 ? everybody : [...new Set([...named, ...(speaker === undefined ? [] : [speaker])])],
    ...timesOf(found, given.context),
  };
}

function timesOf(
  { date, clock }: Found,
  { timeZone }: DueContext,
): Pick<DraftAppointment, 'startsAt' | 'endsAt' | 'allDay'> {
  if (clock === undefined) {
    const midnight = { hour: 0, minute: 0 };
    return {
      allDay: true,
      startsAt: instantOf(date, midnight, timeZone).toISOString(),
      endsAt: instantOf(addDays(date, 1), midnight, timeZone).toISOString(),
    };
  }
  const start = instantOf(date, clock.start, timeZone);
  const end =
    clock.end === undefined
      ? clock.minutes && new Date(start.getTime() + clock.minutes * 60_000)
      : instantOf(date, clock.end, timeZone);
  return {
    allDay: false,
    startsAt: start.toISOString(),
    ...(end ? { endsAt: end.toISOString() } : {}),
  };
}
