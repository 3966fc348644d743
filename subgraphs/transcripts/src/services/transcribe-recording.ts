import { type MeetingAccess, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { decodeInput } from '@hoerok/shared/graphql';
import type { Quota } from '@hoerok/shared/quotas';
import { enqueueTask, findTaskByKey, type TaskDefinition, type TaskRow } from '@hoerok/shared/tasks';
import type { DataSource } from 'typeorm';
import type { ConsentRule } from '../domain/recording-consent.ts';
import type { SpeechToText } from '../speech/speech-to-text.ts';
import { requireRecordingOf } from './open-recording.ts';
import { transcribeRecordingInput } from './recording-input.ts';
import { refusal } from './refusals.ts';
import { requireReplaceable } from './replaceable.ts';
import { requireConsent } from './require-recordable.ts';
import type { TranscriptionPayload } from './transcription-payload.ts';

/** What a transcription needs. */
export interface TranscribeRecordingDeps {
  readonly service: string;
  readonly transact: Transact;
  readonly dataSource: DataSource;
  readonly access: MeetingAccess;
  readonly definition: TaskDefinition<TranscriptionPayload>;
  readonly consent: ConsentRule;
  readonly quota: Quota;
  /** The first is the one that is taken when none is asked for. */
  readonly providers: readonly SpeechToText[];
}

/**
 * Accepts the transcription of a recording as a task. Idempotent by `clientMutationId`.
 * @throws AppError `BAD_INPUT`; `NOT_FOUND`; `FORBIDDEN` for a GUEST and for who does not take part; `WRONG_STATE` for a canceled
 *   meeting or a recording that has not arrived; `CONSENT_REFUSED`; `STT_NOT_CONFIGURED`, and the recording stays;
 *   `QUOTA_EXCEEDED`; `QUEUE_FULL`.
 */
export function createTranscribeRecording(
  deps: TranscribeRecordingDeps,
): (viewer: UserViewer, input: unknown) => Promise<TaskRow> {
  return async (viewer, input) => {
    const wanted = decodeInput(transcribeRecordingInput, input);
    const { recording, meeting } = await requireRecordingOf(deps, viewer, {
      id: wanted.recordingId,
      path: 'recordingId',
    });
    if (viewer.role === 'GUEST')
      throw refusal('FORBIDDEN', 'A guest cannot have recordings transcribed.', ['recordingId']);
    if (meeting.status === 'CANCELED')
      throw refusal('WRONG_STATE', 'The meeting is canceled; it takes no transcript.', ['recordingId']);
    if (recording.completedAt === null)
      throw refusal('WRONG_STATE', 'The recording has not arrived yet, or not all of it.', ['recordingId']);
    requireConsent(deps.consent, meeting, ['recordingId']);
    const provider = requireProvider(deps.providers, wanted.provider ?? undefined);
    const { workspaceId, userId } = viewer;
    const key =
      wanted.clientMutationId == null ? {} : { idempotencyKey: `${userId}:${wanted.clientMutationId}` };
    return await deps.transact(async (tx) => {
      await requireStanding(tx, meeting.id, ['recordingId']);
      const known = await findTaskByKey(tx, deps.definition.kind, { workspaceId, ...key });
      if (known !== undefined) return known;
      await requireReplaceable(tx, { workspaceId, meetingId: meeting.id }, ['recordingId']);
      const task = await enqueueTask(tx, deps.definition, {
        service: deps.service,
        workspaceId,
        ...key,
        payload: {
          meetingId: meeting.id,
          recordingId: recording.id,
          language: wanted.language ?? meeting.language,
          provider: provider.name,
        },
        requestedBy: userId,
        meetingId: meeting.id,
        watchers: meeting.participantUserIds,
      });
      await deps.quota.take(tx, workspaceId);
      return task;
    });
  };
}

function requireProvider(providers: readonly SpeechToText[], name: string | undefined): SpeechToText {
  const [first] = providers;
  if (first === undefined) {
    const message =
      'Nothing that turns speech into text is set up here. The recording is kept; captions can be imported.';
    throw refusal('STT_NOT_CONFIGURED', message, ['provider']);
  }
  const provider = name === undefined ? first : providers.find((one) => one.name === name);
  if (provider === undefined)
    throw refusal('STT_NOT_CONFIGURED', `No provider of this name is set up; ask for ${first.name}.`, [
      'provider',
    ]);
  return provider;
}
