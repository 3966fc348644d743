import { randomUUIDv7 } from 'node:crypto';
import { type MeetingAccess, requireStanding } from '@hoerok/shared/access';
import type { UserViewer } from '@hoerok/shared/auth';
import type { Transact } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { decodeInput } from '@hoerok/shared/graphql';
import { DEFAULT_MAX_CAPTION_BYTES } from '../domain/captions/captions.ts';
import {
  readUploadToken,
  signUploadToken,
  type UploadClaims,
  type UploadPurpose,
} from '../domain/upload-token.ts';
import { captionSourceRepository } from '../repositories/caption-source-repository.ts';
import { requireImportable } from './import-transcript.ts';
import type { RecordingWanted } from './recording-tickets.ts';
import { refusal } from './refusals.ts';
import { CAPTION_MEDIA_TYPES, createUploadInput } from './transcript-input.ts';

const TICKET_MS: Readonly<Record<UploadPurpose, number>> = {
  CAPTIONS: 15 * 60_000,
  RECORDING: 24 * 3_600_000,
};
const KEEP_UNUSED_MS = 24 * 3_600_000;

/** Path at which this service takes files. */
export const UPLOAD_PATH = '/uploads';

/** Permission to send one file. */
export interface UploadTicket {
  readonly uploadId: string;
  readonly purpose: UploadPurpose;
  readonly url: string;
  readonly method: 'PUT';
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly expiresAt: Date;
  readonly maxBytes: number;
}

/** Gives tickets for files that come outside of GraphQL, and takes captions. */
export interface Uploads {
  /**
   * For captions or for a recording, as the media type says.
   * @throws AppError `BAD_INPUT`, `TOO_LARGE`, and as `requireImportable` of the import; for recordings as theirs.
   */
  readonly create: (viewer: UserViewer, input: unknown) => Promise<UploadTicket>;
  /** @throws AppError `FORBIDDEN` for a token that is wrong or has expired. */
  readonly admit: (upload: Pick<UploadClaims, 'uploadId' | 'purpose'>, token: string) => UploadClaims;
  /** @throws AppError `BAD_INPUT` for an empty file, `NOT_FOUND`, `CONFLICT` once the upload has been imported. */
  readonly receive: (claims: UploadClaims, content: Buffer) => Promise<void>;
}

/** What uploads need. */
export interface UploadsDeps {
  readonly transact: Transact;
  readonly access: MeetingAccess;
  readonly clock: () => Date;
  /** The first signs, all verify. */
  readonly signingKeys: readonly string[];
  /** Where clients reach this service. */
  readonly publicUrl: string;
  /** Makes a place for a recording and gives its id. */
  readonly placeRecording: (viewer: UserViewer, wanted: RecordingWanted) => Promise<string>;
}

/** Builds {@link Uploads}. */
export function createUploads(deps: UploadsDeps): Uploads {
  return {
    create: (viewer, input) => createTicket(deps, viewer, input),
    admit: (upload, token) => {
      const claims = readUploadToken(deps.signingKeys, upload, token);
      if (claims === null) throw refusal('FORBIDDEN', 'This is not an upload link of ours.', ['token']);
      if (claims.expiresAtMs <= deps.clock().getTime())
        throw refusal('FORBIDDEN', 'The upload link has expired; ask for a new one.', ['token']);
      return claims;
    },
    receive: async ({ uploadId, workspaceId }, content) => {
      if (content.length === 0) throw new AppError('BAD_INPUT', 'The file is empty.', { logLevel: 'debug' });
      const arrival = await deps.transact((tx) =>
        captionSourceRepository(tx, workspaceId).storeContent(uploadId, content),
      );
      if (arrival === 'taken')
        throw refusal('CONFLICT', 'This upload has been imported; ask for a new one.', ['id']);
      if (arrival === 'unknown') throw refusal('NOT_FOUND', 'There is no such upload.', ['id']);
    },
  };
}

async function createTicket(deps: UploadsDeps, viewer: UserViewer, input: unknown): Promise<UploadTicket> {
  const wanted = decodeInput(createUploadInput, input);
  const isCaptions = CAPTION_MEDIA_TYPES.some((type) => type === wanted.mimeType);
  const purpose = isCaptions ? 'CAPTIONS' : 'RECORDING';
  const uploadId = isCaptions
    ? await placeCaptions(deps, viewer, wanted)
    : await deps.placeRecording(viewer, wanted);
  const expiresAt = new Date(deps.clock().getTime() + TICKET_MS[purpose]);
  const claims = {
    uploadId,
    purpose,
    workspaceId: viewer.workspaceId,
    expiresAtMs: expiresAt.getTime(),
  } as const;
  const url = new URL(`${deps.publicUrl.replace(/\/$/, '')}${UPLOAD_PATH}`);
  url.searchParams.set('id', uploadId);
  if (!isCaptions) url.searchParams.set('purpose', 'recording');
  url.searchParams.set('token', signUploadToken(deps.signingKeys[0] ?? '', claims));
  return {
    uploadId,
    purpose,
    url: url.href,
    method: 'PUT',
    headers: [{ name: 'content-type', value: wanted.mimeType }],
    expiresAt,
    maxBytes: isCaptions ? DEFAULT_MAX_CAPTION_BYTES : wanted.bytes,
  };
}

async function placeCaptions(
  deps: UploadsDeps,
  viewer: UserViewer,
  wanted: RecordingWanted,
): Promise<string> {
  const { meetingId, filename, mimeType, bytes } = wanted;
  await requireImportable(deps.access, viewer, meetingId);
  if (bytes > DEFAULT_MAX_CAPTION_BYTES)
    throw refusal('TOO_LARGE', `A caption file has at most ${DEFAULT_MAX_CAPTION_BYTES} bytes.`, ['bytes']);
  const now = deps.clock();
  const uploadId = randomUUIDv7();
  await deps.transact(async (tx) => {
    await requireStanding(tx, meetingId, ['meetingId']);
    const sources = captionSourceRepository(tx, viewer.workspaceId);
    await sources.deleteUnused(new Date(now.getTime() - KEEP_UNUSED_MS));
    await sources.insert({
      id: uploadId,
      workspaceId: viewer.workspaceId,
      meetingId,
      createdBy: viewer.userId,
      createdAt: now,
      filename,
      mimeType,
      content: null,
      importedAt: null,
    });
  });
  return uploadId;
}
