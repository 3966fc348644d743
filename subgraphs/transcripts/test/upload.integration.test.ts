import { once } from 'node:events';
import { connect } from 'node:net';
import { TEST_SIGNING_KEY, testViewer } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUploadToken } from '../src/domain/upload-token.ts';
import {
  captions,
  IMPORT,
  type Payload,
  startTranscripts,
  type TestTranscripts,
} from './transcripts-service.ts';

const organizer = testViewer();
const stranger = testViewer({ workspaceId: organizer.workspaceId });

const CREATE = `mutation ($meetingId: ID!, $filename: String!, $mimeType: String!, $bytes: Float!) {
  createUpload(meetingId: $meetingId, filename: $filename, mimeType: $mimeType, bytes: $bytes) {
    ticket { uploadId url method headers { name value } expiresAt maxBytes } userErrors { code message path } } }`;

interface Ticket {
  readonly uploadId: string;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly expiresAt: string;
  readonly maxBytes: number;
}

interface Reply {
  readonly status: number | undefined;
  readonly body: string;
}

/** Sends `mebibytes` MiB as a simple client does: it looks at the answer only when everything is on its way. */
async function sendAll(url: URL, mebibytes: number): Promise<Reply> {
  const socket = connect(Number(url.port), url.hostname);
  const chunk = Buffer.alloc(1024 * 1024, 'a');
  const head = [
    `PUT ${url.pathname}${url.search} HTTP/1.1`,
    `host: ${url.host}`,
    `content-length: ${mebibytes * chunk.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  for (let sent = 0; sent < mebibytes; sent += 1) if (!socket.write(chunk)) await once(socket, 'drain');
  let answer = '';
  for await (const part of socket.setEncoding('utf8') as AsyncIterable<string>) {
    answer += part;
    if (answer.endsWith('\r\n0\r\n\r\n')) break;
  }
  return {
    status: Number(answer.split(' ')[1]),
    body: answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1),
  };
}

describe('an upload', () => {
  let service: TestTranscripts;
  let meetingId: string;

  beforeAll(async () => {
    service = await startTranscripts();
    meetingId = (await service.hold(organizer)).id;
  });
  afterAll(async () => {
    await service[Symbol.asyncDispose]();
  });

  const ask = (extra: object = {}, viewer = organizer): Promise<Payload & { ticket: Ticket | null }> =>
    service.run(viewer, CREATE, {
      meetingId,
      filename: 'sync.vtt',
      mimeType: 'text/vtt',
      bytes: 1_000,
      ...extra,
    });
  const ticket = async (): Promise<Ticket> => {
    const answer = await ask();
    expect(answer.userErrors).toEqual([]);
    return answer.ticket as Ticket;
  };
  /** The ticket's address, at the port that the test's service was given. */
  const urlOf = ({ url }: Ticket): URL => {
    const { pathname, search } = new URL(url);
    return new URL(`${pathname}${search}`, service.test.service.url);
  };
  const put = async (url: URL, body: string): Promise<Reply> => {
    const response = await fetch(url, { method: 'PUT', body });
    return { status: response.status, body: await response.text() };
  };
  const stored = async ({ uploadId }: Ticket): Promise<number | null> => {
    const sql = 'SELECT length(content) AS bytes FROM caption_source WHERE id = $1';
    const [row] = (await service.database.query(sql, [uploadId])) as { bytes: number | null }[];
    return row?.bytes ?? null;
  };
  const send = (uploadId: string): Promise<Payload> =>
    service.run(organizer, IMPORT, { input: { meetingId, uploadId } });

  it('is sent to the address of its ticket and imported from there', async () => {
    const given = await ticket();
    expect(given).toMatchObject({
      method: 'PUT',
      headers: [{ name: 'content-type', value: 'text/vtt' }],
      maxBytes: 20 * 1024 * 1024,
    });
    expect((await send(given.uploadId)).userErrors).toMatchObject([
      { code: 'WRONG_STATE', path: ['uploadId'] },
    ]);
    const content = captions(100);
    const reply = await put(urlOf(given), content);
    expect(reply.status).toBe(200);
    expect(JSON.parse(reply.body)).toEqual({ uploadId: given.uploadId, bytes: Buffer.byteLength(content) });
    const { task, userErrors } = await send(given.uploadId);
    expect(userErrors).toEqual([]);
    expect(await service.ended(organizer, task?.id ?? '')).toMatchObject({ status: 'COMPLETED' });
  });

  it('may be sent again until it is imported, and not afterwards', async () => {
    const given = await ticket();
    expect((await put(urlOf(given), 'A: first')).status).toBe(200);
    expect((await put(urlOf(given), 'A: second')).status).toBe(200);
    expect(await stored(given)).toBe('A: second'.length);
    await send(given.uploadId);
    const late = await put(urlOf(given), 'A: third');
    expect(late.status).toBe(409);
    expect(late.body).toContain('CONFLICT');
    expect(await stored(given)).toBe('A: second'.length);
  });

  it('of 50 MB is refused with TOO_LARGE, also to a client that reads no answer before its end, and nothing is kept', async () => {
    const given = await ticket();
    const reply = await sendAll(urlOf(given), 50);
    expect(reply.status).toBe(413);
    expect(JSON.parse(reply.body)).toMatchObject({ errors: [{ extensions: { code: 'TOO_LARGE' } }] });
    expect(await stored(given)).toBeNull();
    expect((await put(urlOf(given), 'A: b')).status).toBe(200);
  });

  it('that holds no captions fails its task', async () => {
    const given = await ticket();
    await put(urlOf(given), '%PDF-1.7 not captions');
    const { task } = await send(given.uploadId);
    expect(await service.ended(organizer, task?.id ?? '')).toMatchObject({
      status: 'FAILED',
      error: { code: 'UNREADABLE_CAPTIONS' },
    });
  });

  it('is refused under a link that is wrong, has expired or is for no upload', async () => {
    const given = await ticket();
    const wrong = urlOf(given);
    wrong.searchParams.set('id', (await ticket()).uploadId);
    expect(await put(wrong, 'A: b')).toMatchObject({ status: 403 });
    const { workspaceId } = organizer;
    const purpose = 'CAPTIONS' as const;
    const claims = { uploadId: given.uploadId, purpose, workspaceId, expiresAtMs: Date.now() - 1 };
    const expired = urlOf(given);
    expired.searchParams.set('token', signUploadToken(TEST_SIGNING_KEY, claims));
    expect((await put(expired, 'A: b')).body).toContain('expired');
    const unknown = urlOf(given);
    const nowhere = { uploadId: 'nowhere', purpose, workspaceId, expiresAtMs: Date.now() + 60_000 };
    unknown.searchParams.set('id', 'nowhere');
    unknown.searchParams.set('token', signUploadToken(TEST_SIGNING_KEY, nowhere));
    expect(await put(unknown, 'A: b')).toMatchObject({ status: 404 });
    const bare = new URL('/uploads', service.test.service.url);
    expect(await put(bare, 'A: b')).toMatchObject({ status: 400 });
    expect((await fetch(urlOf(given))).status).toBe(405);
    expect((await put(urlOf(given), '')).status).toBe(400);
    expect(await stored(given)).toBeNull();
  });

  it('is not offered for other media types, too many bytes or a meeting that the viewer cannot see', async () => {
    const refused = async (extra: object, viewer = organizer): Promise<unknown> => {
      const { ticket: none, userErrors } = await ask(extra, viewer);
      expect(none).toBeNull();
      return userErrors;
    };
    expect(await refused({ mimeType: 'image/png' })).toMatchObject([
      { code: 'BAD_INPUT', path: ['mimeType'] },
    ]);
    expect(await refused({ bytes: 50_000_000 })).toMatchObject([{ code: 'TOO_LARGE', path: ['bytes'] }]);
    expect(await refused({ bytes: 0 })).toMatchObject([{ code: 'BAD_INPUT', path: ['bytes'] }]);
    expect(await refused({}, stranger)).toMatchObject([{ code: 'NOT_FOUND', path: ['meetingId'] }]);
  });

  it('belongs to its meeting', async () => {
    const given = await ticket();
    await put(urlOf(given), 'A: b');
    const other = await service.hold(organizer);
    const input = { meetingId: other.id, uploadId: given.uploadId };
    const { userErrors }: Payload = await service.run(organizer, IMPORT, { input });
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['uploadId'] }]);
  });
});
