import { AppError } from '@hoerok/shared/errors';
import type { HttpHandler, HttpReply } from '@hoerok/shared/http';
import { readRange } from '../domain/byte-range.ts';
import { containerOf } from '../domain/recording-type.ts';
import type { Recording } from '../entities/recording.entity.ts';
import type { Playback } from '../services/playback.ts';

/**
 * `GET /recordings?token=...`: a recording, or the part that `range` asks for, as a player does. 206, 200, 416; 403 for a link
 * that is wrong or has expired or whose owner is no member any more, 404 for a recording that is gone or that the person behind the link may not hear any more.
 */
export function playbackRoute(playback: Playback): HttpHandler {
  return async (request, signal) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return { status: 405, headers: { allow: 'GET, HEAD' } };
    const token = new URLSearchParams((request.url ?? '').split('?')[1]).get('token');
    if (token === null) throw new AppError('BAD_INPUT', 'The link needs a token.', { logLevel: 'debug' });
    const recording = await playback.admit(token);
    const { bytes } = recording;
    const range = readRange(request.headers.range, bytes);
    const headers = headersOf(recording);
    if (range === 'unsatisfiable')
      return { status: 416, headers: { ...headers, 'content-range': `bytes */${bytes}` } };
    const answer: HttpReply = {
      status: range === null ? 200 : 206,
      headers: {
        ...headers,
        'content-length': String(range === null ? bytes : range.end - range.start + 1),
        ...(range !== null && { 'content-range': `bytes ${range.start}-${range.end}/${bytes}` }),
      },
    };
    if (request.method === 'HEAD') return answer;
    return { ...answer, body: await playback.read(recording, range, signal) };
  };
}

/** What somebody has sent is shown as sound or saved, and never as a page. */
function headersOf({ id, filename, mimeType, checksum }: Recording): Record<string, string> {
  const plain = `recording-${id}.${containerOf(mimeType)}`;
  return {
    'content-type': mimeType,
    'content-disposition': `inline; filename="${plain}"; filename*=UTF-8''${encodeRfc8187(filename.split(/[\\/]/).at(-1) ?? '')}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-store',
    etag: `"${checksum}"`,
  };
}

function encodeRfc8187(text: string): string {
  const hex = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/['()*]/g, hex);
}
