import type { MeetingAccess } from '@hoerok/shared/access';
import type { MeetingState } from '@hoerok/shared/contracts';
import { PermanentError } from '@hoerok/shared/errors';
import { createIsolate, type Isolate } from '@hoerok/shared/isolation';
import { DEFAULT_TASK_POLICY, defineTask, LANES, type Job, type TaskDefinition } from '@hoerok/shared/tasks';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { CAPTION_FORMATS } from '../domain/captions/captions-result.ts';
import { languageTag } from '../domain/language-tag.ts';
import { captionSourceRepository } from '../repositories/caption-source-repository.ts';
import { nameSpeakers, type NameSpeakersDeps } from '../services/name-speakers.ts';
import { saveTranscript } from '../services/save-transcript.ts';
import { type ImportPayload, importPayload } from '../services/import-payload.ts';
import type { CaptionsFile, DraftedCaptions } from './isolated-captions.ts';

/** Reads user files outside this process. */
export type CaptionsReader = Isolate<CaptionsFile, DraftedCaptions>;

const count = z.number().int();
const draftedCaptions: z.ZodType<DraftedCaptions> = z.object({
  format: z.enum(CAPTION_FORMATS),
  languageHint: z.string().nullable(),
  draft: z.object({
    durationMs: count,
    wordCount: count,
    speakers: z.array(z.object({ label: z.string(), talkMs: count, words: count })),
    sections: z.array(z.object({ title: z.string(), startMs: count, endMs: count, contentHash: z.string() })),
    segments: z.array(
      z.object({
        startMs: count,
        endMs: count,
        text: z.string(),
        speaker: count.nullable(),
        section: count,
        confidence: z.number().nullable(),
      }),
    ),
  }),
});

/**
 * Every slot has a process, so that no lane waits for another. 20 MiB of WebVTT take three seconds; a file of more than a
 * million lines outgrows the heap and is refused, which also bounds what comes back into this process.
 */
export function createCaptionsReader(): CaptionsReader {
  return createIsolate({
    name: 'captions',
    module: new URL('./isolated-captions.ts', import.meta.url),
    output: draftedCaptions,
    maxHeapMiB: 512,
    timeoutMs: 120_000,
    processes: LANES.reduce((sum, lane) => sum + DEFAULT_TASK_POLICY.slots[lane], 0),
  });
}

/** What the import task needs. */
export interface ImportTaskDeps {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
  readonly captions: Pick<CaptionsReader, 'run'>;
  readonly gateway: NameSpeakersDeps['gateway'];
  readonly logger: NameSpeakersDeps['logger'];
  readonly clock: () => Date;
}

/**
 * The task TRANSCRIPT_IMPORT: reads the stored captions and cuts them into sections; its effects are the transcript and
 * the event that tells of it. Result: `{ transcriptId }`. Fails for good with `UNREADABLE_CAPTIONS` or `TOO_LARGE`
 * when the file is wrong, with `NOT_FOUND` or `WRONG_STATE` when the meeting has gone or was canceled in between.
 */
export function importTranscriptTask(deps: ImportTaskDeps): TaskDefinition<ImportPayload> {
  return defineTask({
    kind: 'TRANSCRIPT_IMPORT',
    payload: importPayload,
    policy: DEFAULT_TASK_POLICY,
    run: async (job) => {
      job.progress(0.1, 'reading');
      const meeting = await requireMeeting(deps, job);
      const file = { content: await requireContent(deps, job), format: job.payload.format };
      const captions = await deps.captions.run(file, { signal: job.signal, onProgress: job.progress });
      const { signal, workspaceId } = job;
      const labels = captions.draft.speakers.map(({ label }) => label);
      const speakerUsers = await nameSpeakers(deps, { workspaceId, meeting, labels, signal });
      job.progress(0.8, 'saving');
      return (tx) =>
        saveTranscript(tx, {
          draft: captions.draft,
          speakerUsers,
          meeting,
          workspaceId,
          actorId: job.requestedBy,
          taskId: job.taskId,
          sourceId: job.payload.sourceId,
          origin: `IMPORT_${captions.format}`,
          language:
            job.payload.language ?? languageTag(captions.languageHint ?? undefined) ?? meeting.language,
          createdAt: deps.clock(),
        });
    },
  });
}

async function requireMeeting(deps: ImportTaskDeps, job: Job<ImportPayload>): Promise<MeetingState> {
  const { meetingId } = job.payload;
  // The one who asked may see it: the mutation has checked that. Only whether it still goes on is asked here.
  const viewer = {
    kind: 'service',
    service: deps.service,
    workspaceId: job.workspaceId,
    onBehalfOf: job.requestedBy,
  } as const;
  const meeting = (await deps.access.visible(viewer, [meetingId])).get(meetingId);
  if (meeting === undefined) throw new PermanentError('NOT_FOUND', 'The meeting is no longer there.');
  if (meeting.status === 'CANCELED')
    throw new PermanentError('WRONG_STATE', 'The meeting was canceled; it takes no transcript.');
  return meeting;
}

async function requireContent(deps: ImportTaskDeps, job: Job<ImportPayload>): Promise<Buffer> {
  const sources = captionSourceRepository(deps.dataSource.manager, job.workspaceId);
  const content = await sources.contentOf(job.payload.sourceId);
  if (content === null) throw new PermanentError('NOT_FOUND', 'The captions are no longer there.');
  return content;
}
