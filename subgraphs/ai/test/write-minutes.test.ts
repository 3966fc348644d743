import { createLogger } from '@hoerok/shared/telemetry';
import type { Job } from '@hoerok/shared/tasks';
import { afterAll, describe, expect, it } from 'vitest';
import { analyzeMeeting } from '../src/domain/analysis/analyze-meeting.ts';
import { draftMinutesSchema } from '../src/domain/analysis/draft-schema.ts';
import { type Analysis, createAnalysis, createWriteMinutes } from '../src/jobs/write-minutes.ts';
import type { CopiedRequest } from '../src/domain/writing-request.ts';
import { analysisRequest } from '../src/services/analysis-request.ts';
import { createExtractiveWriter } from '../src/services/extractive-writer.ts';
import type { MinutesOrder } from '../src/services/order-minutes.ts';
import { createTranscriptReader, type SpokenMeeting } from '../src/services/transcript-reader.ts';
import { createNeighbors, type HeldMeeting, readFixture } from './neighbors.ts';

const neighbors = createNeighbors();
const transcripts = createTranscriptReader(neighbors.gateway);
const never = new AbortController().signal;

function hold(name: string): HeldMeeting {
  const fixture = readFixture(name);
  const users = { [fixture.participants[0] ?? '']: 'u1' };
  const held = {
    workspaceId: 'w1',
    id: `m-${name}`,
    transcriptId: name,
    fixture,
    users,
    transcriptRevision: 1,
  };
  neighbors.meetings.push(held);
  return held;
}

const spokenIn = (transcriptId: string): Promise<SpokenMeeting> =>
  transcripts.readAll({ workspaceId: 'w1', transcriptId, signal: never, onPage: () => undefined });

describe('the analysis in a process of its own', () => {
  const analysis = createAnalysis();
  afterAll(analysis.close);

  it.each(['ko-dev-1', 'ko-dev-2', 'mixed-dev-1'])(
    'finds in %s the very bytes that it finds here',
    async (name) => {
      hold(name);
      const { request } = analysisRequest(await spokenIn(name), null);
      const stages: string[] = [];
      const onProgress = (_share: number, stage: string): void => void stages.push(stage);
      const found = await analysis.run(request, { signal: never, onProgress });
      expect(JSON.stringify(found)).toBe(JSON.stringify(await analyzeMeeting(request)));
      expect(stages).toContain('decisions');
      // What a step stores is read back as the same.
      expect(draftMinutesSchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
    },
  );
});

describe('the task MINUTES', () => {
  it('does not analyze the same revision again in a later attempt, but a new revision', async () => {
    const held = hold('ko-dev-1');
    const asked: CopiedRequest[] = [];
    const analysis: Pick<Analysis, 'run'> = {
      run: (request) => {
        asked.push(request);
        return analyzeMeeting(request);
      },
    };
    const extractive = createExtractiveWriter(analysis);
    const writers = { extractive, llm: null, byDefault: 'extractive', fallback: 'extractive' } as const;
    const logger = createLogger({ service: 'ai', level: 'silent' });
    const task = createWriteMinutes({ transcripts, writers, logger, clock: () => new Date(0) });
    const stored = new Map<string, unknown>();
    const job: Job<MinutesOrder> = {
      taskId: 'task',
      workspaceId: 'w1',
      payload: { transcriptId: held.transcriptId, language: null, provider: null },
      attempt: 1,
      requestedBy: 'u1',
      meetingId: held.id,
      signal: never,
      progress: () => undefined,
      step: async (name, schema, work) => {
        if (!stored.has(name)) stored.set(name, JSON.parse(JSON.stringify(await work())));
        return schema.parse(stored.get(name));
      },
    };
    await task.run(job);
    await task.run({ ...job, attempt: 2 });
    expect(asked).toHaveLength(1);
    held.transcriptRevision = 2;
    neighbors.meetings.splice(0, neighbors.meetings.length, held);
    await task.run({ ...job, attempt: 3 });
    expect(asked).toHaveLength(2);
  });
});
