import type { MeetingAccess } from '@hoerok/shared/access';
import type { Viewer } from '@hoerok/shared/auth';
import type { SubgraphRequest } from '@hoerok/shared/graphql';
import type { Quota } from '@hoerok/shared/quotas';
import type { Platform } from '@hoerok/shared/service';
import type { TaskDefinition } from '@hoerok/shared/tasks';
import { createReads, type Reads } from './reads.ts';
import { createAssignSpeaker } from './services/assign-speaker.ts';
import { createEditSection } from './services/edit-section.ts';
import type { ImportPayload } from './services/import-payload.ts';
import { createImportTranscript } from './services/import-transcript.ts';
import type { Uploads } from './services/uploads.ts';
import { createVerifySection } from './services/verify-section.ts';

/** The use cases of the transcripts domain. */
export interface Services {
  readonly importTranscript: ReturnType<typeof createImportTranscript>;
  readonly createUpload: Uploads['create'];
  readonly assignSpeaker: ReturnType<typeof createAssignSpeaker>;
  readonly editSection: ReturnType<typeof createEditSection>;
  readonly verifySection: ReturnType<typeof createVerifySection>;
}

/** What a resolver gets. `reads` is null for an anonymous request. */
export interface Context {
  readonly viewer: Viewer | null;
  readonly services: Services;
  readonly reads: Reads | null;
}

/** What the context needs beside the platform. */
export interface ContextParts {
  readonly access: MeetingAccess;
  readonly uploads: Uploads;
  readonly importTask: TaskDefinition<ImportPayload>;
  readonly quota: Quota;
  readonly clock: () => Date;
}

/** Wires the services once and gives the builder of each request's context. */
export function createContextBuilder(
  platform: Pick<Platform, 'service' | 'transact' | 'dataSource'>,
  { access, uploads, importTask, quota, clock }: ContextParts,
): (request: SubgraphRequest) => Context {
  const { service, transact, dataSource } = platform;
  const changes = { transact, dataSource, access, clock };
  const services: Services = {
    importTranscript: createImportTranscript({
      service,
      transact,
      access,
      definition: importTask,
      quota,
      clock,
    }),
    createUpload: uploads.create,
    assignSpeaker: createAssignSpeaker(changes),
    editSection: createEditSection(changes),
    verifySection: createVerifySection(changes),
  };
  return ({ viewer }) => ({
    viewer,
    services,
    reads: viewer === null ? null : createReads({ dataSource, access }, viewer),
  });
}
