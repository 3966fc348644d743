import { styleText } from 'node:util';
import { z } from 'zod';
import type { DemoClient } from './demo-client.ts';

const person = z.object({ name: z.string() });
const words = z.object({
  quote: z.string(),
  segment: z.object({
    startMs: z.number(),
    speaker: z.object({ label: z.string(), user: person.nullable() }),
  }),
});
const item = z.object({ text: z.string(), evidence: z.array(words) });
const actionItem = item.extend({
  dueAt: z.string().nullable(),
  dueText: z.string().nullable(),
  assigneeName: z.string().nullable(),
  suggestedAssignee: person.nullable(),
});
const minutesData = z.object({
  minutes: z.object({
    language: z.string(),
    overview: z.string(),
    meeting: z.object({ title: z.string(), timeZone: z.string() }),
    points: z.array(item),
    decisions: z.array(item),
    openQuestions: z.array(item),
    actionItems: z.array(actionItem),
    keywords: z.array(z.object({ text: z.string() })),
  }),
});

type Item = z.output<typeof item>;
/** What the recorded query `minutes` answers. */
export type Minutes = z.output<typeof minutesData>['minutes'];

interface Wording {
  readonly locale: string;
  readonly statements: string;
  readonly decisions: string;
  readonly actions: string;
  readonly questions: string;
  readonly owner: string;
  readonly nobody: string;
  readonly due: string;
  readonly noDate: string;
}

const ENGLISH: Wording = {
  locale: 'en-GB',
  statements: 'Key statements',
  decisions: 'Possible decisions',
  actions: 'Suggested action items',
  questions: 'Open questions',
  owner: 'owner',
  nobody: 'nobody named',
  due: 'due',
  noDate: 'no date named',
};

const KOREAN: Wording = {
  locale: 'ko-KR',
  statements: '핵심 발언',
  decisions: '가능한 결정',
  actions: '제안된 할 일',
  questions: '미해결 질문',
  owner: '담당',
  nobody: '미정',
  due: '기한',
  noDate: '미정',
};

/** Reads the minutes through the gateway and prints them: each item with speaker, time and the words it rests on. */
export async function printMinutes(client: DemoClient, id: string): Promise<void> {
  const { minutes } = await client.run('minutes', { id }, minutesData);
  console.log(renderMinutes(minutes));
}

/** The minutes as text for a terminal, in the words of their language. */
export function renderMinutes(minutes: Minutes): string {
  const wording = minutes.language.startsWith('ko') ? KOREAN : ENGLISH;
  const { timeZone } = minutes.meeting;
  return [
    '',
    styleText('bold', `회록 · ${minutes.meeting.title}`),
    minutes.overview,
    ...section(wording.statements, minutes.points.map(renderItem)),
    ...section(wording.decisions, minutes.decisions.map(renderItem)),
    ...section(
      wording.actions,
      minutes.actionItems.map((action) => renderAction(action, wording, timeZone)),
    ),
    ...section(wording.questions, minutes.openQuestions.map(renderItem)),
    '',
  ].join('\n');
}

function section(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', styleText('bold', heading), ...items];
}

function renderItem({ text, evidence }: Item): string {
  const [first] = evidence;
  if (first === undefined) return `  ${text}`;
  // Where the item is the quote itself, printing it twice helps nobody.
  const quote = first.quote === text ? [] : [styleText('dim', `           “${first.quote}”`)];
  return [`  ${place(first)}  ${text}`, ...quote].join('\n');
}

function renderAction(action: z.output<typeof actionItem>, wording: Wording, timeZone: string): string {
  const owner = action.suggestedAssignee?.name ?? action.assigneeName ?? wording.nobody;
  const day = action.dueAt === null ? undefined : formatDay(action.dueAt, wording.locale, timeZone);
  const due = day === undefined ? (action.dueText ?? wording.noDate) : `${day} (“${action.dueText}”)`;
  const rests = action.evidence.map((said) => styleText('dim', `      ${place(said)}  “${said.quote}”`));
  return [`  ☐ ${action.text}`, `      ${wording.owner}: ${owner} · ${wording.due}: ${due}`, ...rests].join(
    '\n',
  );
}

function place({ segment }: z.output<typeof words>): string {
  return `${styleText('cyan', formatTime(segment.startMs))} ${segment.speaker.user?.name ?? segment.speaker.label}`;
}

function formatTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${parts.join(':')}` : parts.join(':');
}

function formatDay(instant: string, locale: string, timeZone: string): string {
  const format = { timeZone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat(locale, format).format(new Date(instant));
}
