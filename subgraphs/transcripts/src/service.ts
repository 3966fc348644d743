import { createMeetingAccess, createMeetingEraser, meetingDeletionParticipants } from '@hoerok/shared/access';
import { createQuota } from '@hoerok/shared/quotas';
import type { ServiceDefinition } from '@hoerok/shared/service';
import type { TranscriptsConfig } from './config.ts';
import { type Context, createContextBuilder } from './context.ts';
import { createDataSource } from './data-source.ts';
import { meetingSubscription } from './events/on-meeting-changed.ts';
import { uploadsRoute } from './http/uploads-route.ts';
import { createCaptionsReader, importTranscriptTask } from './jobs/import-transcript.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { deleteRowsOfMeeting } from './services/erase-meeting.ts';
import { createUploads, UPLOAD_PATH } from './services/uploads.ts';

/** The transcripts service: schema, database and parts. */
export const transcriptsService: ServiceDefinition<TranscriptsConfig, Context> = {
  name: 'transcripts',
  schema: new URL('../schema.graphql', import.meta.url),
  createDataSource,
  build: (platform) => {
    const { service, config, dataSource, transact } = platform;
    const clock = (): Date => new Date();
    const access = createMeetingAccess(platform);
    const captions = createCaptionsReader();
    const importTask = importTranscriptTask({ service, dataSource, access, captions, clock });
    const uploads = createUploads({
      transact,
      access,
      clock,
      signingKeys: config.INTERNAL_SIGNING_KEYS,
      publicUrl: config.PUBLIC_URL ?? `http://${config.HOST}:${config.PORT}`,
    });
    const quota = createQuota({ name: 'imports', perDay: config.IMPORTS_PER_DAY });
    const tasks = [importTask];
    const eraser = createMeetingEraser({ ...platform, tasks, deleteRows: deleteRowsOfMeeting });
    return {
      resolvers,
      createContext: createContextBuilder(platform, { access, uploads, importTask, quota, clock }),
      tasks,
      sagaParticipants: meetingDeletionParticipants(eraser),
      subscriptions: [meetingSubscription],
      close: captions.close,
      publicRoutes: { [UPLOAD_PATH]: uploadsRoute(uploads) },
    };
  },
};
