import { AppError } from '@hoerok/shared/errors';
import { type HttpHandler, jsonReply, readBody } from '@hoerok/shared/http';
import { DEFAULT_MAX_CAPTION_BYTES } from '../domain/captions/captions.ts';
import type { Uploads } from '../services/uploads.ts';

/**
 * `PUT /uploads?id=...&token=...`: takes the file of an upload ticket. Answers 200 with `{ uploadId, bytes }`, else the
 * error as GraphQL writes it: 400, 403, 404, 405, 409, or 413 as soon as the file is larger than 20 MiB.
 */
export function uploadsRoute(uploads: Uploads): HttpHandler {
  return async (request) => {
    if (request.method !== 'PUT') {
      const refused = jsonReply(405, {
        errors: [{ message: 'Send the file with PUT.', extensions: { code: 'BAD_INPUT' } }],
      });
      return { ...refused, headers: { ...refused.headers, allow: 'PUT' } };
    }
    const query = new URLSearchParams((request.url ?? '').split('?')[1]);
    const uploadId = query.get('id');
    const token = query.get('token');
    if (uploadId === null || token === null)
      throw new AppError('BAD_INPUT', 'The link needs id and token.', { logLevel: 'debug' });
    const claims = uploads.admit(uploadId, token);
    const content = await readBody(request, DEFAULT_MAX_CAPTION_BYTES);
    await uploads.receive(claims, content);
    return jsonReply(200, { uploadId, bytes: content.length });
  };
}
