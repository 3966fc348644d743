import { randomUUIDv7 } from 'node:crypto';
import { type MeetingAccess, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { MeetingState } from '@hoerok/shared/contracts';
import type { Transact } from '@hoerok/shared/database';
import { decodeInput } from '@hoerok/shared/graphql';
import type { Quota } from '@hoerok/shared/quotas';
import { enqueueTask, findTaskByKey, type TaskDefinition, type TaskRow } from '@hoerok/shared/tasks';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { type ImportPayload, importPayload } from './import-payload.ts';
import { captionSourceRepository } from '../repositories/caption-source-repository.ts';
import { requireReplaceable } from './replaceable.ts';
import { readCaptions } from './read-captions.ts';
import { refusal } from './refusals.ts';
import { importTranscriptInput } from './transcript-input.ts';

/** 2 MiB: what the gateway takes in one request. */
export const MAX_CONTENT_BYTES = 2 * 1024 * 1024;

/** Up to here reading takes a few milliseconds, so that a wrong file is told at once. */
const READ_AT_ONCE_BYTES = 256 * 1024;

/** What the import needs. */
export interface ImportTranscriptDeps {
  readonly service: string;
  readonly transact: Transact;
  readonly access: MeetingAccess;
  readonly definition: TaskDefinition<ImportPayload>;
  readonly quota: Quota;
  readonly clock: () => Date;
}

type Input = z.output<typeof importTranscriptInput>;

/**
 * Accepts captions: keeps them as they came and enqueues the task that reads them, in one transaction. Idempotent by
 * `clientMutationId`.
 * @throws AppError `BAD_INPUT`; `NOT_FOUND` for a meeting or upload that is not there for the viewer; `WRONG_STATE` for
 *   a canceled meeting, a locked transcript or an upload that has not arrived; `FORBIDDEN` for a GUEST; `TOO_LARGE`; `UNREADABLE_CAPTIONS`;
 *   `QUOTA_EXCEEDED`.
 */
export function createImportTranscript(
  deps: ImportTranscriptDeps,
): (viewer: UserViewer, input: unknown) => Promise<TaskRow> {
  return async (viewer, input) => {
    const wanted = decodeInput(importTranscriptInput, input);
    const meeting = await requireImportable(deps.access, viewer, wanted.meetingId);
    const content = wanted.content == null ? null : acceptContent(wanted.content, wanted);
    return await deps.transact(async (tx) => {
      await requireStanding(tx, meeting.id, ['meetingId']);
      const known = await findTaskByKey(tx, deps.definition.kind, identityOf(viewer, wanted));
      const { workspaceId } = viewer;
      if (known === undefined)
        await requireReplaceable(tx, { workspaceId, meetingId: meeting.id }, ['meetingId']);
      const order = { viewer, wanted, meeting };
      const task =
        content === null
          ? await importUpload(deps, tx, order)
          : await importContent(deps, tx, { ...order, content });
      if (known === undefined) await deps.quota.take(tx, viewer.workspaceId);
      return task;
    });
  };
}

/**
 * The meeting, when the viewer may bring captions into it.
 * @throws AppError `NOT_FOUND`, `FORBIDDEN` for a GUEST and for who it is only shared with, `WRONG_STATE` when it is canceled.
 */
export async function requireImportable(
  access: MeetingAccess,
  viewer: UserViewer,
  meetingId: string,
): Promise<MeetingState> {
  const meeting = await access.requireToChange(viewer, meetingId, 'PARTICIPATE');
  if (viewer.role === 'GUEST') throw refusal('FORBIDDEN', 'A guest cannot import captions.', ['meetingId']);
  if (meeting.status === 'CANCELED')
    throw refusal('WRONG_STATE', 'The meeting is canceled; it takes no transcript.', ['meetingId']);
  return meeting;
}

function acceptContent(text: string, { format }: Input): Buffer {
  const content = Buffer.from(text);
  if (content.length > MAX_CONTENT_BYTES) {
    const advice = 'Send it with createUpload, which takes 20 MiB.';
    throw refusal('TOO_LARGE', `The content is larger than ${MAX_CONTENT_BYTES} bytes. ${advice}`, [
      'content',
    ]);
  }
  if (content.length < READ_AT_ONCE_BYTES)
    readCaptions(content, format ?? null, ({ code, message }) => refusal(code, message, ['content']));
  return content;
}

interface Import {
  readonly viewer: UserViewer;
  readonly wanted: Input;
  readonly meeting: MeetingState;
}

async function importContent(
  deps: ImportTranscriptDeps,
  tx: EntityManager,
  order: Import & { readonly content: Buffer },
): Promise<TaskRow> {
  const { viewer, meeting, content } = order;
  const sourceId = randomUUIDv7();
  const task = await enqueue(deps, tx, { ...order, sourceId });
  // A repeated mutation gets the task of the first one, which has its source.
  if (importPayload.parse(task.payload).sourceId !== sourceId) return task;
  const now = deps.clock();
  await captionSourceRepository(tx, viewer.workspaceId).insert({
    id: sourceId,
    workspaceId: viewer.workspaceId,
    meetingId: meeting.id,
    createdBy: viewer.userId,
    createdAt: now,
    filename: null,
    mimeType: null,
    content,
    importedAt: now,
  });
  return task;
}

async function importUpload(deps: ImportTranscriptDeps, tx: EntityManager, order: Import): Promise<TaskRow> {
  const { viewer, wanted, meeting } = order;
  const sources = captionSourceRepository(tx, viewer.workspaceId);
  const source = await sources.findForUpdate(wanted.uploadId ?? '');
  if (source === null || source.meetingId !== meeting.id)
    throw refusal('NOT_FOUND', 'There is no such upload for this meeting.', ['uploadId']);
  if (!source.arrived)
    throw refusal('WRONG_STATE', 'The file of this upload has not arrived yet.', ['uploadId']);
  await sources.markImported(source.id, deps.clock());
  return await enqueue(deps, tx, { ...order, sourceId: source.id });
}

async function enqueue(
  deps: ImportTranscriptDeps,
  tx: EntityManager,
  { viewer, wanted, meeting, sourceId }: Import & { readonly sourceId: string },
): Promise<TaskRow> {
  return await enqueueTask(tx, deps.definition, {
    service: deps.service,
    ...identityOf(viewer, wanted),
    payload: {
      meetingId: meeting.id,
      sourceId,
      language: wanted.language ?? null,
      format: wanted.format ?? null,
    },
    requestedBy: viewer.userId,
    meetingId: meeting.id,
    watchers: meeting.participantUserIds,
  });
}

/** What makes a repeated mutation the same as the first one. */
function identityOf(
  { workspaceId, userId }: UserViewer,
  { clientMutationId }: Input,
): { readonly workspaceId: string; readonly idempotencyKey?: string } {
  if (clientMutationId == null) return { workspaceId };
  return { workspaceId, idempotencyKey: `${userId}:${clientMutationId}` };
}
