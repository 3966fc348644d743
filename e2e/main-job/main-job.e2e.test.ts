import { until } from '@hoerok/shared/testing';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { register, type Session } from '../stack/session.ts';

const sample = (name: string): string =>
  readFileSync(new URL(`../../samples/${name}`, import.meta.url), 'utf8');

const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } userErrors { code message } } }`;
const IMPORT = `mutation ($input: ImportTranscriptInput!) {
  importTranscript(input: $input) { task { id kind status progress meeting { title } } userErrors { code message path } } }`;
/** One event with fields of tasks, meetings, users, transcripts and ai. */
const WATCH = `subscription ($id: ID!) { taskUpdated(id: $id) {
  id kind status progress revision error { code message }
  meeting { title organizer { name } }
  transcript { id wordCount speakers { label } }
  minutes { extractive overview points { text } } } }`;
const MINUTES_TASK = `query ($id: ID!) { meeting(id: $id) {
  tasks(first: 10) { edges { node { id kind status } } }
  minutes { language extractive overview points { text evidence { quote startChar endChar segment { text startMs speaker { label } } } }
    decisions { text } actionItems { text dueAt assigneeName evidence { quote segment { text } } } } } }`;

interface TaskEvent {
  readonly status: string;
  readonly revision: number;
  readonly [field: string]: unknown;
}

describe('the main job', () => {
  let user: Session;
  beforeAll(async () => {
    user = await register('Organizer');
  });

  const importSample = async (
    name: string,
    language: string,
  ): Promise<{ meetingId: string; taskId: string }> => {
    const input = { title: name, scheduledStart: '2026-03-04T01:00:00Z', timeZone: 'Asia/Seoul', language };
    const created = (await user.data(CREATE, { input }))['createMeeting'] as { meeting: { id: string } };
    const meetingId = created.meeting.id;
    const answer = (await user.data(IMPORT, { input: { meetingId, content: sample(name) } }))[
      'importTranscript'
    ] as {
      task: { id: string; status: string };
      userErrors: unknown[];
    };
    expect(answer).toMatchObject({
      userErrors: [],
      task: { kind: 'TRANSCRIPT_IMPORT', meeting: { title: name } },
    });
    return { meetingId, taskId: answer.task.id };
  };
  const tasksOf = (
    events: readonly { data?: Record<string, unknown> | null; errors?: readonly object[] }[],
  ): TaskEvent[] => {
    expect(events.flatMap(({ errors = [] }) => errors)).toEqual([]);
    return events.map(({ data }) => data?.['taskUpdated'] as TaskEvent);
  };

  it('tells the completion to who subscribes before it and to who subscribes after it, over WebSocket and SSE', async () => {
    const { taskId } = await importSample('release-sync.en.vtt', 'en');
    const early = await Promise.all([
      user.overWebSocket(WATCH, { id: taskId }),
      user.overSse(WATCH, { id: taskId }),
    ]);
    const late = await Promise.all([
      user.overWebSocket(WATCH, { id: taskId }),
      user.overSse(WATCH, { id: taskId }),
    ]);
    for (const events of [...early, ...late]) {
      const tasks = tasksOf(events);
      const revisions = tasks.map(({ revision }) => revision);
      expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
      expect(tasks.at(-1)).toMatchObject({
        status: 'COMPLETED',
        progress: 1,
        error: null,
        meeting: { title: 'release-sync.en.vtt', organizer: { name: 'Organizer' } },
        transcript: { speakers: expect.arrayContaining([{ label: expect.any(String) }]) },
      });
    }
    for (const events of late) {
      expect(events).toHaveLength(1);
      expect(events[0]?.extensions).toMatchObject({ delivery: 'snapshot' });
    }
  });

  it.each([
    ['release-sync.en.vtt', 'en'],
    ['app-release.ko.vtt', 'ko'],
    ['api-release.mixed.vtt', 'mul'],
  ])('makes minutes of %s whose every item is verbatim in the transcript', async (name, language) => {
    const { meetingId } = await importSample(name, language);
    const minutesTask = await until('the minutes task is known', async () => {
      const { meeting } = (await user.data(MINUTES_TASK, { id: meetingId })) as {
        meeting: { tasks: { edges: { node: { id: string; kind: string } }[] } };
      };
      return meeting.tasks.edges.find(({ node }) => node.kind === 'MINUTES')?.node;
    });
    const tasks = tasksOf(await user.overWebSocket(WATCH, { id: minutesTask.id }));
    expect(tasks.at(-1)).toMatchObject({ status: 'COMPLETED', minutes: { extractive: true } });
    const { meeting } = (await user.data(MINUTES_TASK, { id: meetingId })) as {
      meeting: {
        minutes: {
          points: {
            evidence: { quote: string; startChar: number; endChar: number; segment: { text: string } }[];
          }[];
          actionItems: { evidence: { quote: string; segment: { text: string } }[] }[];
        };
      };
    };
    const { points, actionItems } = meeting.minutes;
    expect(points.length).toBeGreaterThan(0);
    expect(actionItems.length).toBeGreaterThan(0);
    for (const { quote, startChar, endChar, segment } of points.flatMap(({ evidence }) => evidence)) {
      expect(segment.text.slice(startChar, endChar)).toBe(quote);
    }
    for (const { quote, segment } of actionItems.flatMap(({ evidence }) => evidence))
      expect(segment.text).toContain(quote);
  });
});
