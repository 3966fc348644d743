import { type MeetingAccess, refuseErased } from '@hoerok/shared/access';
import type { MeetingState } from '@hoerok/shared/contracts';
import { PermanentError } from '@hoerok/shared/errors';
import {
  DEFAULT_TASK_POLICY,
  defineTask,
  type Job,
  type TaskDefinition,
  type TaskPolicy,
} from '@hoerok/shared/tasks';
import type { DataSource } from 'typeorm';
import { type HeardPart, type HeardSpeech, heardSpeech, joinParts } from '../domain/heard-speech.ts';
import { type ConsentRule, mayRecord } from '../domain/recording-consent.ts';
import { containerOf } from '../domain/recording-type.ts';
import { draftTranscript } from '../domain/transcript-draft.ts';
import type { Recording } from '../entities/recording.entity.ts';
import { recordingRepository } from '../repositories/recording-repository.ts';
import { nameSpeakers, type NameSpeakersDeps } from '../services/name-speakers.ts';
import { meetingOfRecording } from '../services/require-recordable.ts';
import { saveTranscript } from '../services/save-transcript.ts';
import { type TranscriptionPayload, transcriptionPayload } from '../services/transcription-payload.ts';
import type { AudioConverter } from '../speech/convert-audio.ts';
import { type CutAudio, cutAudio } from '../speech/cut-audio.ts';
import type { SpeechToText } from '../speech/speech-to-text.ts';
import type { RecordingStorage } from '../storage/recording-storage.ts';

/** What the transcription task needs. */
export interface TranscriptionTaskDeps {
  readonly service: string;
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
  readonly storage: RecordingStorage;
  readonly consent: ConsentRule;
  readonly providers: readonly SpeechToText[];
  readonly converter: AudioConverter;
  readonly gateway: NameSpeakersDeps['gateway'];
  readonly logger: NameSpeakersDeps['logger'];
  readonly clock: () => Date;
}

/** A thousand may wait for an hour at most; eight run at once, of which the provider takes as many as it likes. */
export const TRANSCRIPTION_POLICY: TaskPolicy = Object.freeze({
  ...DEFAULT_TASK_POLICY,
  maxAttempts: 6,
  slots: { high: 2, normal: 4, low: 2 },
  backoffBaseMs: 5_000,
});

/**
 * The task TRANSCRIPTION: hears a recording part by part and makes a transcript of it, as an import does of captions. Each part
 * is a checkpoint: what has been heard is not paid for again. Result: `{ transcriptId }`. Fails for good with `NOT_FOUND`,
 * `WRONG_STATE`, `CONSENT_REFUSED`, `STT_NOT_CONFIGURED`, `UNREADABLE_RECORDING`, `NO_SPEECH`, `PROVIDER_REFUSED` or
 * `PROVIDER_ANSWER`; the recording stays in any case.
 */
export function transcribeRecordingTask(deps: TranscriptionTaskDeps): TaskDefinition<TranscriptionPayload> {
  const ready = deps.providers[0]?.ready;
  return defineTask({
    kind: 'TRANSCRIPTION',
    payload: transcriptionPayload,
    policy: TRANSCRIPTION_POLICY,
    ...(ready !== undefined && { ready }),
    run: async (job) => {
      job.progress(0.02, 'preparing');
      const provider = requireProvider(deps, job.payload.provider);
      const { recording, meeting } = await requireAllowed(deps, job);
      await using audio = await cutRecording(deps, { recording, provider, signal: job.signal });
      const parts = await hearParts(deps, job, { provider, audio });
      const segments = joinParts(parts);
      if (segments.length === 0) throw new PermanentError('NO_SPEECH', 'Nothing is said in this recording.');
      job.progress(0.92, 'saving');
      const draft = draftTranscript(segments);
      const labels = draft.speakers.map(({ label }) => label);
      const { workspaceId, signal, payload } = job;
      const speakerUsers = await nameSpeakers(deps, { workspaceId, meeting, labels, signal });
      return async (tx) => {
        await refuseErased(tx, meeting.id);
        if (!(await recordingRepository(tx, workspaceId).hold(recording.id))) throw gone();
        return await saveTranscript(tx, {
          draft,
          speakerUsers,
          meeting,
          workspaceId,
          actorId: job.requestedBy,
          taskId: job.taskId,
          sourceId: null,
          heardIn: { recordingId: recording.id, provider: provider.name, model: parts[0]?.heard.model ?? '' },
          origin: 'STT',
          language: payload.language,
          createdAt: deps.clock(),
        });
      };
    },
  });
}

async function hearParts(
  deps: TranscriptionTaskDeps,
  job: Job<TranscriptionPayload>,
  { provider, audio }: { readonly provider: SpeechToText; readonly audio: CutAudio },
): Promise<HeardPart[]> {
  const heard: HeardPart[] = [];
  const { length } = audio.parts;
  const { language } = job.payload;
  for (const [index, { key, container, startMs, durationMs, open }] of audio.parts.entries()) {
    job.progress(0.05 + (0.85 * index) / length, `transcribing ${index + 1}/${length}`);
    const hear = async (): Promise<HeardSpeech> => {
      // Somebody may have refused, or the recording have gone, while the parts before were heard.
      await requireAllowed(deps, job);
      return await provider.transcribe({
        audio: await open(),
        container,
        durationMs,
        language: language === 'mul' ? null : language,
        signal: job.signal,
      });
    };
    heard.push({ startMs, heard: await job.step(`${provider.name} ${key}`, heardSpeech, hear) });
  }
  return heard;
}

function cutRecording(
  { storage, converter }: TranscriptionTaskDeps,
  given: { readonly recording: Recording; readonly provider: SpeechToText; readonly signal: AbortSignal },
): Promise<CutAudio> {
  const { recording, provider, signal } = given;
  return cutAudio({
    source: { bytes: recording.bytes, read: (range) => storage.read(recording.id, range, signal) },
    container: containerOf(recording.mimeType),
    durationMs: recording.durationMs,
    accepts: provider.accepts,
    converter,
    signal,
  });
}

function requireProvider({ providers }: TranscriptionTaskDeps, name: string): SpeechToText {
  const provider = providers.find((one) => one.name === name);
  if (provider !== undefined) return provider;
  throw new PermanentError('STT_NOT_CONFIGURED', 'The provider that was asked for is not set up any more.');
}

/** The rights of the one who asked were checked by the mutation; what may change afterwards is looked at again. */
async function requireAllowed(
  deps: TranscriptionTaskDeps,
  { workspaceId, payload }: Job<TranscriptionPayload>,
): Promise<{ readonly recording: Recording; readonly meeting: MeetingState }> {
  const [recording] = await recordingRepository(deps.dataSource.manager, workspaceId).find([
    payload.recordingId,
  ]);
  const meeting = recording === undefined ? undefined : await meetingOfRecording(deps, recording);
  if (recording === undefined || meeting === undefined) throw gone();
  if (meeting.status === 'CANCELED')
    throw new PermanentError('WRONG_STATE', 'The meeting was canceled; it takes no transcript.');
  if (!mayRecord(deps.consent, meeting))
    throw new PermanentError(
      'CONSENT_REFUSED',
      'Somebody who takes part in the meeting does not agree to being recorded.',
    );
  return { recording, meeting };
}

function gone(): PermanentError {
  return new PermanentError('NOT_FOUND', 'The recording or its meeting is no longer there.');
}
