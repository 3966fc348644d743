import { refuseErased } from '@hoerok/shared/access';
import { PermanentError } from '@hoerok/shared/errors';
import { DEFAULT_TASK_POLICY, defineTask, type Job, type TaskDefinition } from '@hoerok/shared/tasks';
import type { DataSource } from 'typeorm';
import { createTranscriptChecker, type Finding } from '../domain/validation.ts';
import type { Transcript } from '../entities/transcript.entity.ts';
import { findingRepository } from '../repositories/finding-repository.ts';
import { segmentRepository } from '../repositories/segment-repository.ts';
import { transcriptRepository } from '../repositories/transcript-repository.ts';
import {
  type ValidationPayload,
  validationPayload,
  type ValidationResult,
} from '../services/validation-payload.ts';

/** A transcript with more to say than this needs another transcription, not a longer list. */
export const MAX_FINDINGS = 2_000;

const BATCH = 2_000;

/** What the validation task needs. */
export interface ValidationTaskDeps {
  readonly dataSource: DataSource;
}

/**
 * The task TRANSCRIPT_VALIDATION: reads a transcript from its first segment to its last and writes down what looks wrong.
 * Changes nothing of it. Result: as `validationResult`. Fails for good with `NOT_FOUND` when the transcript has gone.
 */
export function validateTranscriptTask(deps: ValidationTaskDeps): TaskDefinition<ValidationPayload> {
  return defineTask({
    kind: 'TRANSCRIPT_VALIDATION',
    payload: validationPayload,
    policy: DEFAULT_TASK_POLICY,
    run: async (job) => {
      const { manager } = deps.dataSource;
      const transcripts = transcriptRepository(manager, job.workspaceId);
      const [transcript] = await transcripts.find([job.payload.transcriptId]);
      if (transcript === undefined)
        throw new PermanentError('NOT_FOUND', 'The transcript is no longer there.');
      const { findings, ...result } = await check(deps, job, transcript);
      return async (tx) => {
        await refuseErased(tx, transcript.meetingId);
        const owner = {
          workspaceId: job.workspaceId,
          taskId: job.taskId,
          transcriptId: transcript.id,
        };
        await findingRepository(tx, job.workspaceId).insert(
          findings.map((finding, place) => ({ ...finding, ...owner, place })),
        );
        return result;
      };
    },
  });
}

interface Checked extends ValidationResult {
  readonly findings: readonly Finding[];
}

async function check(
  { dataSource }: ValidationTaskDeps,
  job: Job<ValidationPayload>,
  transcript: Transcript,
): Promise<Checked> {
  const { manager } = dataSource;
  const segments = segmentRepository(manager, job.workspaceId);
  const speakers = await transcriptRepository(manager, job.workspaceId).speakersOf([transcript.id]);
  const unassigned = speakers.filter(({ userId }) => userId === null);
  const checker = createTranscriptChecker(new Map(unassigned.map(({ id, label }) => [id, label])));
  const findings: Finding[] = [];
  let [checkedSegments, foundTotal, afterSeq] = [0, 0, -1];
  for (;;) {
    job.signal.throwIfAborted();
    const batch = await segments.following(transcript.id, afterSeq, BATCH);
    const last = batch.at(-1);
    if (last === undefined) break;
    for (const segment of batch) {
      const found = checker.check(segment);
      foundTotal += found.length;
      findings.push(...found.slice(0, MAX_FINDINGS - findings.length));
    }
    checkedSegments += batch.length;
    afterSeq = last.seq;
    job.progress(Math.min(0.95, last.endMs / Math.max(1, transcript.durationMs)), 'checking');
  }
  const { id: transcriptId, revision: transcriptRevision } = transcript;
  return { transcriptId, transcriptRevision, checkedSegments, foundTotal, findings };
}
