import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyzeMeeting } from './analyze-meeting.ts';
import type { AnalysisRequest, AnalysisSegment, DraftItem, DraftMinutes } from './draft-minutes.ts';

interface MeetingFile {
  readonly title?: string;
  readonly startedAt?: string;
  readonly language?: string;
  readonly participants?: readonly string[];
  readonly segments?: readonly { id: string; speaker: string; start: number; end: number; text: string }[];
  readonly meeting_transcripts?: readonly { speaker: string; content: string }[];
  readonly reference?: {
    readonly decisions: readonly { evidence: string[] }[];
    readonly actions: readonly { assignee: string; due: string | null; evidence: string[] }[];
    readonly problems: readonly { evidence: string[] }[];
  };
}

const FIXTURES = new URL('../../../test/fixtures/', import.meta.url);
const CORPORA = new URL('../../../../../../shared/data/', import.meta.url);
const corporaPresent = existsSync(CORPORA);

const read = (url: URL): MeetingFile => JSON.parse(readFileSync(url, 'utf8')) as MeetingFile;

function requestOf(file: MeetingFile): AnalysisRequest {
  const turns = file.meeting_transcripts?.map((turn, at) => ({
    id: `t${at}`,
    startMs: at * 5000,
    endMs: at * 5000 + 4000,
    text: turn.content,
    speakerLabel: turn.speaker,
  }));
  const segments = file.segments?.map((segment) => ({
    id: segment.id,
    startMs: segment.start * 1000,
    endMs: segment.end * 1000,
    text: segment.text,
    speakerLabel: segment.speaker,
  }));
  return {
    segments: segments ?? turns ?? [],
    title: file.title ?? '',
    startedAt: file.startedAt ?? '2026-01-05T09:00:00Z',
    timeZone: 'Asia/Seoul',
    participants: (file.participants ?? []).map((name) => ({ id: `id of ${name}`, name, aliases: [] })),
    language: file.language ?? 'und',
  };
}

const itemsOf = (minutes: DraftMinutes): DraftItem[] => [
  ...minutes.points,
  ...minutes.decisions,
  ...minutes.openQuestions,
  ...minutes.actionItems,
];

/** What breaks the rule that every item quotes its source; empty when none does. */
function violations(minutes: DraftMinutes, segments: readonly AnalysisSegment[]): string[] {
  const texts = new Map(segments.map((segment) => [segment.id, segment.text]));
  return itemsOf(minutes).flatMap(({ text, evidence, confidence }) => [
    ...(text === '' ? ['an item without text'] : []),
    ...(evidence.length === 0 ? [`no evidence: ${text}`] : []),
    ...(confidence >= 0 && confidence <= 1 ? [] : [`confidence ${confidence}: ${text}`]),
    ...evidence
      .filter(({ segmentId, quote, startChar, endChar }) => {
        return quote === '' || texts.get(segmentId)?.slice(startChar, endChar) !== quote;
      })
      .map(({ quote }) => `not verbatim: ${quote}`),
  ]);
}

describe.each(['ko-dev-1', 'ko-dev-2', 'mixed-dev-1'])('analyzeMeeting on %s', (name) => {
  const file = read(new URL(`${name}.json`, FIXTURES));
  const request = requestOf(file);
  const quotes = (item: DraftItem, ids: readonly string[]): boolean =>
    item.evidence.some((part) => ids.includes(part.segmentId));

  it('finds every action item with assignee and due day, and no other', async () => {
    const { actionItems } = await analyzeMeeting(request);
    const day = (dueAt?: string): string | null =>
      dueAt === undefined ? null : new Date(Date.parse(dueAt) + 9 * 3_600_000).toISOString().slice(0, 10);
    const found = file.reference?.actions.map(({ evidence }) =>
      actionItems.find((item) => quotes(item, evidence)),
    );
    expect(found?.map((item) => [item?.assigneeId, day(item?.dueAt)])).toEqual(
      file.reference?.actions.map(({ assignee, due }) => [`id of ${assignee}`, due]),
    );
    expect(actionItems).toHaveLength(file.reference?.actions.length ?? 0);
  });

  it('finds every decision and open problem', async () => {
    const { decisions, openQuestions } = await analyzeMeeting(request);
    for (const { evidence } of file.reference?.decisions ?? []) {
      expect(decisions.some((item) => quotes(item, evidence))).toBe(true);
    }
    for (const { evidence } of file.reference?.problems ?? []) {
      expect(openQuestions.some((item) => quotes(item, evidence))).toBe(true);
    }
    expect(decisions).toHaveLength(file.reference?.decisions.length ?? 0);
  });

  it('quotes every item verbatim', async () => {
    expect(violations(await analyzeMeeting(request), request.segments)).toEqual([]);
  });
});

describe('analyzeMeeting', () => {
  const request = requestOf(read(new URL('ko-dev-1.json', FIXTURES)));

  it('describes the meeting in its language by facts', async () => {
    expect((await analyzeMeeting(request)).overview).toBe(
      '3분, 발언자 4명. 주요 단어: 결제, 알림, 출시. 찾은 것: 가능한 결정 2건, 할 일 제안 4건, 미해결 질문 1건.',
    );
  });

  it('detects the language by the share of Hangul only when none is given', async () => {
    expect((await analyzeMeeting({ ...request, language: 'und' })).language).toBe('ko');
    expect((await analyzeMeeting({ ...request, language: 'mul' })).language).toBe('mul');
  });

  it('gives the same minutes for the same request', async () => {
    expect(await analyzeMeeting(request)).toEqual(await analyzeMeeting(request));
  });

  it('analyzes an empty meeting', async () => {
    expect(await analyzeMeeting({ ...request, segments: [] })).toEqual({
      language: 'ko',
      overview: '발언이 없습니다.',
      points: [],
      decisions: [],
      openQuestions: [],
      actionItems: [],
      schedule: [],
      keywords: [],
    });
  });

  it.each(['', ' ', '...', 'Okay.', '네.', '{vocalsound}', '\u{1F600}', 'a\nb\nc'])(
    'analyzes a meeting of "%s"',
    async (text) => {
      const segments = [{ id: 's', startMs: 0, endMs: 0, text, speakerLabel: '' }];
      expect(violations(await analyzeMeeting({ ...request, segments, language: 'und' }), segments)).toEqual(
        [],
      );
    },
  );

  it('tells its stages with a growing fraction', async () => {
    const fractions: number[] = [];
    await analyzeMeeting({ ...request, onStage: (_, fraction) => fractions.push(fraction) });
    expect(fractions).toEqual(fractions.toSorted((left, right) => left - right));
    expect(fractions).toHaveLength(9);
  });

  it('stops between stages when aborted', async () => {
    const abort = new AbortController();
    const reason = new Error('no longer wanted');
    const stages: string[] = [];
    const onStage = (stage: string): void => {
      stages.push(stage);
      if (stage === 'keywords') abort.abort(reason);
    };
    await expect(analyzeMeeting({ ...request, signal: abort.signal, onStage })).rejects.toBe(reason);
    expect(stages.at(-1)).toBe('keywords');
  });

  it('lets other work run between its stages', async () => {
    let turns = 0;
    const tick = (): void => {
      turns += 1;
      if (turns < 100) setImmediate(tick);
    };
    setImmediate(tick);
    await analyzeMeeting(request);
    expect(turns).toBeGreaterThan(3);
  });
});

describe.skipIf(!corporaPresent)('analyzeMeeting on real meetings (skipped without ../shared/data)', () => {
  const files = ['qmsum', 'ami'].flatMap((folder) =>
    corporaPresent
      ? readdirSync(new URL(`${folder}/`, CORPORA)).map((name) => new URL(`${folder}/${name}`, CORPORA))
      : [],
  );

  it.each(files.map((url) => [url.pathname.split('/').slice(-2).join('/'), url] as const))(
    'quotes %s verbatim',
    async (_, url) => {
      const request = requestOf(read(url));
      const minutes = await analyzeMeeting(request);
      expect(violations(minutes, request.segments)).toEqual([]);
      expect(minutes.language).toBe('en');
      expect(minutes.points.length).toBeGreaterThan(0);
    },
  );
});
