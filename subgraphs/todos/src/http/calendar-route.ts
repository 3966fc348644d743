import { createHash } from 'node:crypto';
import { type HttpHandler, type HttpReply, jsonReply } from '@hoerok/shared/http';
import type { CalendarFeeds } from '../services/calendar-feeds.ts';

/** Longer than any token of ours. */
const MAX_TOKEN_LENGTH = 100;

/**
 * `GET /calendar.ics?token=...`: the calendar of a feed, or 304 for who has it already (RFC 9110, 13.1.2). 404 for an address
 * that was never given out and for one that was revoked; 405 for anything but GET and HEAD.
 */
export function calendarRoute(feeds: Pick<CalendarFeeds, 'read'>): HttpHandler {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refuse(405, 'Read it with GET.', { allow: 'GET, HEAD' });
    const token = new URLSearchParams((request.url ?? '').split('?')[1]).get('token') ?? '';
    const calendar = token.length > MAX_TOKEN_LENGTH ? null : await feeds.read(token);
    if (calendar === null) return refuse(404, 'There is no such calendar.');
    const etag = `"${createHash('sha256').update(calendar).digest('base64url')}"`;
    // Asked for again each time: a revoked address must not live on in a cache.
    const headers = { etag, 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer' };
    if (known(request.headers['if-none-match'], etag)) return { status: 304, headers };
    return {
      status: 200,
      headers: {
        ...headers,
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="hoerok-todos.ics"',
        'content-length': String(Buffer.byteLength(calendar)),
      },
      ...(request.method === 'HEAD' ? {} : { body: calendar }),
    };
  };
}

function known(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}

function refuse(status: number, message: string, headers: Record<string, string> = {}): HttpReply {
  const code = status === 404 ? 'NOT_FOUND' : 'BAD_INPUT';
  const reply = jsonReply(status, { errors: [{ message, extensions: { code } }] });
  return { ...reply, headers: { ...reply.headers, 'cache-control': 'no-store', ...headers } };
}
