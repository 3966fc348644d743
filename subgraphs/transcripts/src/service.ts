import { createMeetingAccess, createMeetingEraser, meetingDeletionParticipants } from '@hoerok/shared/access';
import { EXPORT_PATH } from '@hoerok/shared/exports';
import { createQuota } from '@hoerok/shared/quotas';
import type { ServiceDefinition } from '@hoerok/shared/service';
import type { TranscriptsConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { meetingSubscription } from './events/on-meeting-changed.ts';
import { uploadsRoute } from './http/uploads-route.ts';
import { createCaptionsReader, importTranscriptTask } from './jobs/import-transcript.ts';
import { validateTranscriptTask } from './jobs/validate-transcript.ts';
import { createRecordingParts } from './recordings.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { deleteRowsOfMeeting } from './services/erase-meeting.ts';
import { createTranscriptExports } from './services/export-transcript.ts';
import { createUploads, UPLOAD_PATH } from './services/uploads.ts';

/** The transcripts service: schema, database and parts. */
export const transcriptsService: ServiceDefinition<TranscriptsConfig, Context> = {
  name: 'transcripts',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => {
    const { config, dataSource, transact } = platform;
    const clock = (): Date => new Date();
    const access = createMeetingAccess(platform);
    const captions = createCaptionsReader();
    const importTask = importTranscriptTask({ ...platform, access, captions, clock });
    const publicUrl = config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`;
    const recordings = createRecordingParts(platform, { access, clock, publicUrl });
    const uploads = createUploads({
      transact,
      access,
      clock,
      signingKeys: config.INTERNAL_SIGNING_KEYS,
      publicUrl,
      placeRecording: recordings.placeRecording,
    });
    const exports = createTranscriptExports({ ...platform, access, clock, publicUrl });
    const quota = createQuota({ name: 'imports', perDay: config.IMPORTS_PER_DAY });
    const validationTask = validateTranscriptTask({ dataSource });
    const tasks = [importTask, validationTask, recordings.task];
    const deleteRows: typeof deleteRowsOfMeeting = async (tx, meeting) => {
      await deleteRowsOfMeeting(tx, meeting);
      recordings.afterDoom(tx);
    };
    const eraser = createMeetingEraser({ ...platform, tasks, deleteRows });
    return {
      resolvers,
      createContext: createContextBuilder(platform, {
        access,
        uploads,
        exports,
        importTask,
        validationTask,
        recordings: recordings.services,
        quota,
        clock,
      }),
      tasks,
      sagaParticipants: meetingDeletionParticipants(eraser),
      subscriptions: [meetingSubscription],
      schedules: [recordings.schedule],
      close: () => Promise.all([captions.close(), recordings.close()]),
      publicRoutes: {
        [EXPORT_PATH]: exports.route,
        [UPLOAD_PATH]: uploadsRoute(uploads, recordings.receiver),
        ...recordings.publicRoutes,
      },
      // Two gigabytes over a slow line; whoever sends nothing for a minute is sent away before.
      publicRequestTimeoutMs: 6 * 3_600_000,
    };
  },
};
