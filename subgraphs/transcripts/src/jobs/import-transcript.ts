import type { MeetingAccess } from '@hoerok/shared/access';
import type { MeetingState } from '@hoerok/shared/contracts';
import { PermanentError } from '@hoerok/shared/errors';
import { DEFAULT_TASK_POLICY, defineTask, type Job, type TaskDefinition } from '@hoerok/shared/tasks';
import type { DataSource } from 'typeorm';
import { languageTag } from '../domain/language-tag.ts';
import { draftTranscript } from '../domain/transcript-draft.ts';
import { captionSourceRepository } from '../repositories/caption-source-repository.ts';
import { readCaptions } from '../services/read-captions.ts';
import { saveTranscript } from '../services/save-transcript.ts';
import { type ImportPayload, importPayload } from '../services/import-payload.ts';

/** What the import task needs. */
export interface ImportTaskDeps {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
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
      const captions = readCaptions(
        await requireContent(deps, job),
        job.payload.format,
        ({ code, message }) => new PermanentError(code, message),
      );
      job.signal.throwIfAborted();
      job.progress(0.5, 'sectioning');
      const draft = draftTranscript(captions.segments);
      job.progress(0.8, 'saving');
      return (tx) =>
        saveTranscript(tx, {
          draft,
          meeting,
          workspaceId: job.workspaceId,
          actorId: job.requestedBy,
          taskId: job.taskId,
          sourceId: job.payload.sourceId,
          origin: `IMPORT_${captions.format}`,
          language: job.payload.language ?? languageTag(captions.languageHint) ?? meeting.language,
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
