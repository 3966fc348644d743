import { styleText } from 'node:util';
import { z } from 'zod';
import type { HoerokClient } from './hoerok-client.ts';

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
type Minutes = z.output<typeof minutesData>['minutes'];

const HEADINGS = {
  en: ['Key statements', 'Possible decisions', 'Suggested action items', 'Open questions'],
  ko: ['핵심 발언', '가능한 결정', '제안된 할 일', '열린 질문'],
} as const;

/** Reads the minutes through the gateway and prints them: each item with speaker, time and the words it rests on. */
export async function printMinutes(client: HoerokClient, id: string): Promise<void> {
  const { minutes } = await client.run('minutes', { id }, minutesData);
  console.log(renderMinutes(minutes));
}

function renderMinutes(minutes: Minutes): string {
  const [statements, decisions, actions, questions] =
    HEADINGS[minutes.language.startsWith('ko') ? 'ko' : 'en'];
  return [
    '',
    styleText('bold', `회록 · ${minutes.meeting.title}`),
    minutes.overview,
    ...section(statements, minutes.points.map(renderItem)),
    ...section(decisions, minutes.decisions.map(renderItem)),
    ...section(
      actions,
      minutes.actionItems.map((action) => renderAction(action, minutes.meeting.timeZone)),
    ),
    ...section(questions, minutes.openQuestions.map(renderItem)),
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

function renderAction(action: z.output<typeof actionItem>, timeZone: string): string {
  const owner = action.suggestedAssignee?.name ?? action.assigneeName ?? 'nobody named';
  const due =
    action.dueAt === null
      ? (action.dueText ?? 'no date named')
      : `${formatDay(action.dueAt, timeZone)} (“${action.dueText}”)`;
  const rests = action.evidence.map((words) => styleText('dim', `      ${place(words)}  “${words.quote}”`));
  return [`  ☐ ${action.text}`, `      owner: ${owner} · due: ${due}`, ...rests].join('\n');
}

function place({ segment }: z.output<typeof words>): string {
  return `${styleText('cyan', formatTime(segment.startMs))} ${segment.speaker.user?.name ?? segment.speaker.label}`;
}

function formatTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'));
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${parts.join(':')}` : parts.join(':');
}

function formatDay(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(instant));
}
