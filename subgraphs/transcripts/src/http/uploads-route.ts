import { inWorkspace } from '@hoerok/shared/database';
import { AppError } from '@hoerok/shared/errors';
import { type HttpHandler, type HttpReply, jsonReply, readBody } from '@hoerok/shared/http';
import { DEFAULT_MAX_CAPTION_BYTES } from '../domain/captions/captions.ts';
import type { UploadPurpose } from '../domain/upload-token.ts';
import type { RecordingReceiver } from '../services/receive-recording.ts';
import type { Uploads } from '../services/uploads.ts';
import { takeRecording } from './recording-upload.ts';

/** Captions come at once, or not at all. */
const CAPTIONS_MS = 300_000;

/**
 * `PUT /uploads?id=...&token=...`: takes the captions of an upload ticket. Answers 200 with `{ uploadId, bytes }`, else the
 * error as GraphQL writes it: 400, 403, 404, 405, 409, or 413 as soon as the file is larger than 20 MiB. With
 * `&purpose=recording` it takes a recording, also in parts; see {@link takeRecording}.
 */
export function uploadsRoute(uploads: Uploads, recordings: RecordingReceiver): HttpHandler {
  return async (request) => {
    const query = new URLSearchParams((request.url ?? '').split('?')[1]);
    const purpose: UploadPurpose = query.get('purpose') === 'recording' ? 'RECORDING' : 'CAPTIONS';
    const methods = purpose === 'RECORDING' ? ['PUT', 'HEAD'] : ['PUT'];
    if (!methods.includes(request.method ?? '')) return wrongMethod(methods);
    const uploadId = query.get('id');
    const token = query.get('token');
    if (uploadId === null || token === null)
      throw new AppError('BAD_INPUT', 'The link needs id and token.', { logLevel: 'debug' });
    const claims = uploads.admit({ uploadId, purpose }, token);
    const { workspaceId } = claims;
    if (purpose === 'RECORDING')
      return await inWorkspace(workspaceId, () => takeRecording(recordings, claims, request));
    const late = setTimeout(() => request.destroy(), CAPTIONS_MS);
    try {
      const content = await readBody(request, DEFAULT_MAX_CAPTION_BYTES);
      await inWorkspace(workspaceId, () => uploads.receive(claims, content));
      return jsonReply(200, { uploadId, bytes: content.length });
    } finally {
      clearTimeout(late);
    }
  };
}

function wrongMethod(methods: readonly string[]): HttpReply {
  const errors = [{ message: 'Send the file with PUT.', extensions: { code: 'BAD_INPUT' } }];
  const refused = jsonReply(405, { errors });
  return { ...refused, headers: { ...refused.headers, allow: methods.join(', ') } };
}
