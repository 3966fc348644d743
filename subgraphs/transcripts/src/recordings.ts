import { resolve } from 'node:path';
import type { MeetingAccess } from '@hoerok/shared/access';
import { onSettled } from '@hoerok/shared/database';
import { messageOf } from '@hoerok/shared/errors';
import type { HttpHandler } from '@hoerok/shared/http';
import { createQuota } from '@hoerok/shared/quotas';
import type { Platform } from '@hoerok/shared/service';
import type { Schedule, TaskDefinition } from '@hoerok/shared/tasks';
import type { EntityManager } from 'typeorm';
import type { TranscriptsConfig } from './config.ts';
import { playbackRoute } from './http/playback-route.ts';
import { transcribeRecordingTask } from './jobs/transcribe-recording.ts';
import { overdueRecordingsSchedule } from './schedules/overdue-recordings.ts';
import { createDeleteRecording } from './services/delete-recording.ts';
import { createPlayback, type Playback, PLAYBACK_PATH } from './services/playback.ts';
import { createRecordingReceiver, type RecordingReceiver } from './services/receive-recording.ts';
import { createRecordingTickets } from './services/recording-tickets.ts';
import { startFileRemover } from './services/remove-files.ts';
import { createTranscribeRecording } from './services/transcribe-recording.ts';
import type { TranscriptionPayload } from './services/transcription-payload.ts';
import { createConverter } from './speech/convert-audio.ts';
import { createSpeechProviders } from './speech/providers.ts';
import type { SpeechToText } from './speech/speech-to-text.ts';
import { removeLeftovers } from './speech/work-directory.ts';
import { createDiskStorage } from './storage/disk-storage.ts';
import type { RecordingStorage } from './storage/recording-storage.ts';
import { createS3Storage } from './storage/s3-storage.ts';

/** Everything that recordings and speech to text add to the service. */
export interface RecordingParts {
  readonly placeRecording: ReturnType<typeof createRecordingTickets>;
  readonly receiver: RecordingReceiver;
  readonly services: RecordingServices;
  readonly task: TaskDefinition<TranscriptionPayload>;
  readonly schedule: Schedule;
  readonly publicRoutes: Readonly<Record<string, HttpHandler>>;
  /** To be called in a transaction that dooms files. */
  readonly afterDoom: (tx: EntityManager) => void;
  readonly close: () => Promise<void>;
}

/** The use cases of recordings. */
export interface RecordingServices {
  readonly transcribeRecording: ReturnType<typeof createTranscribeRecording>;
  readonly deleteRecording: ReturnType<typeof createDeleteRecording>;
  readonly linkFor: Playback['linkFor'];
  readonly consent: TranscriptsConfig['RECORDING_CONSENT'];
  readonly speechProviders: readonly SpeechToText[];
}

/** Puts them together. */
export function createRecordingParts(
  platform: Platform<TranscriptsConfig>,
  shared: { readonly access: MeetingAccess; readonly clock: () => Date; readonly publicUrl: string },
): RecordingParts {
  const { service, config, dataSource, transact, gateway, logger } = platform;
  const { access, clock, publicUrl } = shared;
  const consent = config.RECORDING_CONSENT;
  const storage = createStorage(config);
  const providers = createSpeechProviders(config, logger);
  removeLeftovers(clock()).catch((error: unknown) =>
    logger.warn({ reason: messageOf(error) }, 'working files of before not removed'),
  );
  const remover = startFileRemover({ dataSource, storage, logger });
  const links = { signingKeys: config.INTERNAL_SIGNING_KEYS, publicUrl };
  const playback = createPlayback({ dataSource, access, gateway, storage, consent, clock, links });
  const converter = createConverter(config.FFMPEG_PATH);
  const heard = {
    service,
    dataSource,
    access,
    storage,
    consent,
    providers,
    converter,
    gateway,
    logger,
    clock,
  };
  const task = transcribeRecordingTask(heard);
  const quota = createQuota({ name: 'transcriptions', perDay: config.TRANSCRIPTIONS_PER_DAY });
  const onDoomed = remover.wake;
  const request = { service, transact, dataSource, access, definition: task, consent, quota, providers };
  return {
    placeRecording: createRecordingTickets({
      transact,
      access,
      clock,
      consent,
      maxBytes: config.RECORDING_MAX_BYTES,
      quota: createQuota({ name: 'recording-mib', perDay: config.RECORDING_MIB_PER_DAY }),
      emptyState: storage.empty,
    }),
    receiver: createRecordingReceiver({ service, dataSource, access, storage, consent, clock }),
    services: {
      transcribeRecording: createTranscribeRecording(request),
      deleteRecording: createDeleteRecording({ transact, dataSource, access, onDoomed }),
      linkFor: playback.linkFor,
      consent,
      speechProviders: providers,
    },
    task,
    schedule: overdueRecordingsSchedule({ retentionDays: config.RECORDING_RETENTION_DAYS, onDoomed }),
    publicRoutes: { [PLAYBACK_PATH]: playbackRoute(playback) },
    afterDoom: (tx) => void onSettled(tx, onDoomed),
    close: remover.stop,
  };
}

function createStorage(config: TranscriptsConfig): RecordingStorage {
  if (config.RECORDING_STORAGE === 'disk') return createDiskStorage(resolve(config.RECORDINGS_DIR));
  // The configuration was refused without them.
  return createS3Storage({
    endpoint: config.S3_ENDPOINT ?? '',
    bucket: config.S3_BUCKET ?? '',
    region: config.S3_REGION,
    accessKeyId: config.S3_ACCESS_KEY_ID ?? '',
    secretAccessKey: config.S3_SECRET_ACCESS_KEY ?? '',
  });
}
