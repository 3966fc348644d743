import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { meetingUpdated } from '@hoerok/shared/contracts';
import { publishEvent, requestDeletionStep, testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PART_BYTES } from '../src/storage/recording-storage.ts';
import {
  digestHeader,
  sha256,
  startRecordings,
  type TestRecordings,
  type Ticket,
  unlikeOthers,
  wavOf,
} from './recordings-service.ts';
import type { Payload, Person } from './transcripts-service.ts';

const organizer = testViewer();
const { workspaceId } = organizer;
const participant = testViewer({ workspaceId });
const reader = testViewer({ workspaceId });
const stranger = testViewer({ workspaceId });

const DELETE = `mutation ($id: ID!, $derived: Boolean) {
  deleteRecording(id: $id, derived: $derived) { deletedId userErrors { code path } } }`;

/** As the users domain knows them. */
const members: Person[] = [organizer, participant].map(({ userId }) => ({
  id: userId,
  name: userId,
  aliases: [],
}));

describe('a recording', () => {
  let test: TestRecordings;
  let meetingId: string;

  beforeAll(async () => {
    test = await startRecordings({}, members);
    const shares = [{ userId: reader.userId, access: 'VERIFY' as const, expiresAt: null }];
    const participantUserIds = [organizer.userId, participant.userId];
    meetingId = (await test.service.hold(organizer, { participantUserIds, shares })).id;
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const put = (ticket: Ticket, body: Buffer, headers: Record<string, string> = {}) =>
    test.send(ticket, { method: 'PUT', body: new Uint8Array(body), headers });
  const offsetOf = async (ticket: Ticket): Promise<number> =>
    Number((await test.send(ticket, { method: 'HEAD' })).headers.get('upload-offset'));
  const codeOf = (body: Buffer): unknown =>
    (JSON.parse(body.toString()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions
      .code;
  const range = (from: number, to: number, total: number) => ({
    'content-range': `bytes ${from}-${to - 1}/${total}`,
  });
  const rowOf = async (id: string): Promise<{ received: string; completed_at: Date | null } | undefined> =>
    (
      (await test.service.database.query('SELECT * FROM recording WHERE id = $1', [id])) as {
        received: string;
        completed_at: Date | null;
      }[]
    )[0];

  it('is sent to the address of its ticket, checked, and heard by who takes part', async () => {
    const content = unlikeOthers(2);
    const ticket = await test.ticketFor(organizer, meetingId, content);
    expect(ticket).toMatchObject({ purpose: 'RECORDING', maxBytes: content.length });
    const answer = await put(ticket, content, { 'content-digest': digestHeader(content) });
    expect([answer.status, JSON.parse(answer.body.toString())]).toEqual([
      200,
      {
        uploadId: ticket.uploadId,
        bytes: content.length,
        checksum: sha256(content).toString('hex'),
        mimeType: 'audio/wav',
      },
    ]);
    const [recording] = await test.recordingsOf(participant, meetingId);
    expect(recording).toMatchObject({
      id: ticket.uploadId,
      filename: 'sync.wav',
      mimeType: 'audio/wav',
      bytes: content.length,
      durationMs: 2_000,
      checksum: sha256(content).toString('hex'),
    });
    const heard = await test.send({ url: recording?.playbackUrl ?? '' });
    expect(heard.status).toBe(200);
    expect(heard.body.equals(content)).toBe(true);
    expect(Object.fromEntries(heard.headers)).toMatchObject({
      'content-type': 'audio/wav',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': `inline; filename="recording-${ticket.uploadId}.wav"; filename*=UTF-8''sync.wav`,
    });
    const part = await test.send(
      { url: recording?.playbackUrl ?? '' },
      { headers: { range: 'bytes=44-99' } },
    );
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 44-99/${content.length}`]);
    expect(part.body.equals(content.subarray(44, 100))).toBe(true);
    const beyond = await test.send(
      { url: recording?.playbackUrl ?? '' },
      { headers: { range: `bytes=${content.length}-` } },
    );
    expect(beyond.status).toBe(416);
    expect((await stat(join(test.directory, ticket.uploadId))).mode & 0o777).toBe(0o600);
    expect((await put(ticket, content)).status).toBe(409);
  });

  it('goes on where it broke off, and tells who begins elsewhere where that is', async () => {
    const content = Buffer.concat([unlikeOthers(1), Buffer.alloc(PART_BYTES + 5_000, 'more sound ')]);
    const total = content.length;
    const ticket = await test.ticketFor(organizer, meetingId, content);
    const first = await put(ticket, content.subarray(0, 40_000), range(0, 40_000, total));
    expect([first.status, first.headers.get('upload-offset'), first.headers.get('upload-complete')]).toEqual([
      202,
      '40000',
      '?0',
    ]);
    expect(await offsetOf(ticket)).toBe(40_000);
    const elsewhere = await put(ticket, content.subarray(50_000), range(50_000, total, total));
    expect([elsewhere.status, elsewhere.headers.get('upload-offset'), codeOf(elsewhere.body)]).toEqual([
      409,
      '40000',
      'CONFLICT',
    ]);
    expect((await put(ticket, content.subarray(40_000), range(40_000, total, total + 1))).status).toBe(400);
    const rest = await put(ticket, content.subarray(40_000), {
      ...range(40_000, total, total),
      'repr-digest': digestHeader(content),
      'content-digest': digestHeader(content.subarray(40_000)),
    });
    expect([rest.status, rest.headers.get('upload-complete')]).toEqual([200, '?1']);
    expect(JSON.parse(rest.body.toString())).toMatchObject({ checksum: sha256(content).toString('hex') });
  });

  it('keeps what has come of a client that leaves in the middle', async () => {
    const content = unlikeOthers(20);
    const ticket = await test.ticketFor(organizer, meetingId, content);
    const { pathname, search } = new URL(ticket.url);
    const { hostname, port } = new URL(test.service.test.service.url);
    const socket = connect(Number(port), hostname);
    socket.write(`PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: ${content.length}\r\n\r\n`);
    socket.write(content.subarray(0, 300_000));
    await once(socket, 'connect');
    // What nobody has read yet goes with the connection.
    const path = join(test.directory, ticket.uploadId);
    await until('all of it is written', async () => {
      return (await stat(path).catch(() => null))?.size === 300_000;
    });
    socket.end();
    await until('all of it is kept', async () => (await offsetOf(ticket)) === 300_000);
    const rest = await put(ticket, content.subarray(300_000), range(300_000, content.length, content.length));
    expect(rest.status).toBe(200);
    expect(JSON.parse(rest.body.toString())).toMatchObject({ checksum: sha256(content).toString('hex') });
  });

  it('is completed by who asks again when the process died at its very end', async () => {
    const content = unlikeOthers(1);
    const id = await test.bring(organizer, meetingId, content);
    await test.service.database.query(
      'UPDATE recording SET completed_at = NULL, checksum = NULL WHERE id = $1',
      [id],
    );
    const ticket = await test.ticketFor(organizer, meetingId, content);
    const sql = `UPDATE recording SET received = bytes, storage_state = '' WHERE id = $1`;
    await test.service.database.query(sql, [ticket.uploadId]);
    const { copyFile } = await import('node:fs/promises');
    await copyFile(join(test.directory, id), join(test.directory, ticket.uploadId));
    const answer = await test.send(ticket, {
      method: 'PUT',
      headers: { 'content-range': `bytes */${content.length}` },
    });
    expect([answer.status, JSON.parse(answer.body.toString())]).toMatchObject([
      200,
      { checksum: sha256(content).toString('hex') },
    ]);
  });

  it('with a byte too many is refused with 413, whether its length is told before or not', async () => {
    const content = unlikeOthers(1);
    const ticket = await test.ticketFor(organizer, meetingId, content.subarray(1));
    const told = await put(ticket, content);
    expect([told.status, codeOf(told.body)]).toEqual([413, 'TOO_LARGE']);
    const body = new ReadableStream({
      start: (controller) => {
        controller.enqueue(new Uint8Array(content));
        controller.close();
      },
    });
    const untold = await test.send(ticket, { method: 'PUT', body, duplex: 'half' } as RequestInit);
    expect([untold.status, codeOf(untold.body)]).toEqual([413, 'TOO_LARGE']);
    expect(await offsetOf(ticket)).toBe(0);
    expect((await put(ticket, content.subarray(0, -1))).status).toBe(200);
  });

  it('that is something else by its first bytes is refused with 415, whatever it is called', async () => {
    const playlist = Buffer.from(
      `#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile:///etc/passwd\n${' '.repeat(100)}`,
    );
    const avi = Buffer.concat([Buffer.from('RIFF\u0024\0\0\0AVI LIST', 'latin1'), Buffer.alloc(100)]);
    for (const content of [playlist, avi, Buffer.from('short')]) {
      const ticket = await test.ticketFor(organizer, meetingId, content);
      const answer = await put(ticket, content);
      expect([answer.status, codeOf(answer.body)]).toEqual([415, 'UNSUPPORTED_RECORDING']);
      expect(await offsetOf(ticket)).toBe(0);
      // Also when the first bytes come one after the other.
      await put(ticket, content.subarray(0, 3), range(0, 3, content.length));
      const rest = await put(ticket, content.subarray(3), range(3, content.length, content.length));
      expect([rest.status, await offsetOf(ticket)]).toEqual([415, 0]);
      expect((await rowOf(ticket.uploadId))?.completed_at).toBeNull();
    }
  });

  it('that does not have the digest it was sent with is refused, and may be sent again', async () => {
    const content = unlikeOthers(1);
    const ticket = await test.ticketFor(organizer, meetingId, content);
    const wrong = digestHeader(Buffer.from('something else'));
    const refused = await put(ticket, content, { 'content-digest': wrong });
    expect([refused.status, codeOf(refused.body), await offsetOf(ticket)]).toEqual([400, 'BAD_INPUT', 0]);
    expect((await put(ticket, content, { 'repr-digest': wrong })).status).toBe(400);
    expect((await put(ticket, content, { 'content-digest': 'sha-256=:!:' })).status).toBe(400);
    expect((await rowOf(ticket.uploadId))?.completed_at).toBeNull();
    expect((await put(ticket, content, { 'repr-digest': digestHeader(content) })).status).toBe(200);
  });

  it('of two requests at once is written by the later one', async () => {
    const content = unlikeOthers(3);
    const ticket = await test.ticketFor(organizer, meetingId, content);
    const { pathname, search } = new URL(ticket.url);
    const { hostname, port } = new URL(test.service.test.service.url);
    const stuck = connect(Number(port), hostname);
    stuck.on('error', () => undefined);
    stuck.write(`PUT ${pathname}${search} HTTP/1.1\r\nhost: x\r\ncontent-length: ${content.length}\r\n\r\n`);
    stuck.write(content.subarray(0, 10_000));
    await until('it writes', async () => {
      const sql = 'SELECT 1 FROM recording WHERE id = $1 AND writer IS NOT NULL';
      return ((await test.service.database.query(sql, [ticket.uploadId])) as unknown[]).length > 0;
    });
    expect((await put(ticket, content)).status).toBe(200);
    stuck.destroy();
    const [recording] = await test.recordingsOf(organizer, meetingId);
    expect(recording).toMatchObject({ id: ticket.uploadId, checksum: sha256(content).toString('hex') });
  });

  it('is not offered to who does not take part, for too many bytes, or with another token', async () => {
    const refused = async (viewer: typeof organizer, wanted: object): Promise<unknown> =>
      (await test.askTicket(viewer, { meetingId, ...wanted })).userErrors;
    expect(await refused(stranger, {})).toMatchObject([{ code: 'NOT_FOUND' }]);
    expect(await refused(reader, {})).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await refused({ ...participant, role: 'GUEST' }, {})).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await refused(organizer, { bytes: 2 ** 31 + 1 })).toMatchObject([
      { code: 'TOO_LARGE', path: ['bytes'] },
    ]);
    const ticket = await test.ticketFor(organizer, meetingId, wavOf(1));
    expect(
      (await put({ ...ticket, url: ticket.url.replace('purpose=recording', 'purpose=captions') }, wavOf(1)))
        .status,
    ).toBe(403);
    expect((await test.send({ url: ticket.url }, { method: 'POST' })).status).toBe(405);
  });

  it('is hidden from who holds a share alone, and from everybody else', async () => {
    const id = await test.bring(organizer, meetingId, unlikeOthers());
    const [shown] = await test.recordingsOf(organizer, meetingId);
    for (const viewer of [reader, stranger]) {
      expect(await test.recordingsOf(viewer, meetingId)).toEqual([]);
      const { userErrors }: Payload = await test.service.run(viewer, DELETE, { id });
      expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', path: ['id'] }]);
    }
    const entity = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Recording { id playbackUrl } } }`;
    const ask = (viewer: typeof organizer): Promise<unknown[]> =>
      test.service.run(viewer, entity, { r: [{ __typename: 'Recording', id }] });
    expect(await ask(reader)).toEqual([null]);
    expect(await ask(participant)).toMatchObject([{ id }]);
    const url = new URL(shown?.playbackUrl ?? '');
    const [body = '', mac = ''] = (url.searchParams.get('token') ?? '').split('.');
    url.searchParams.set('token', `${body}.${mac.slice(1)}x`);
    expect((await test.send({ url: url.href })).status).toBe(403);
  });

  it('is heard by a link as long as who asked for it is a member', async () => {
    await test.bring(organizer, meetingId, unlikeOthers());
    const [recording] = await test.recordingsOf(participant, meetingId);
    const link = { url: recording?.playbackUrl ?? '' };
    expect((await test.send(link)).status).toBe(200);
    const left = members.splice(1, 1).map((person) => ({ ...person, active: false }));
    members.push(...left);
    const refused = await test.send(link);
    expect([refused.status, codeOf(refused.body)]).toEqual([403, 'FORBIDDEN']);
    members.splice(1, 1, { ...(left[0] as Person), active: true });
    expect((await test.send(link)).status).toBe(200);
  });

  it('is deleted with its file by its sender, and by nobody without the right', async () => {
    const id = await test.bring(organizer, meetingId, unlikeOthers());
    const [recording] = await test.recordingsOf(participant, meetingId);
    expect(await test.service.run(participant, DELETE, { id })).toMatchObject({
      userErrors: [{ code: 'FORBIDDEN' }],
    });
    expect(await test.service.run(organizer, DELETE, { id })).toEqual({ deletedId: id, userErrors: [] });
    await until('the file is gone', async () => !(await test.files()).includes(id));
    await until('nothing is to be deleted', async () => (await test.service.rows('doomed_file')) === 0);
    expect((await test.send({ url: recording?.playbackUrl ?? '' })).status).toBe(404);
  });

  it('goes with its meeting, file and all, also while it is being sent', async () => {
    const other = await test.service.hold(organizer);
    const content = unlikeOthers(3);
    const id = await test.bring(organizer, other.id, content);
    const ticket = await test.ticketFor(organizer, other.id, content);
    await put(ticket, content.subarray(0, 50_000), range(0, 50_000, content.length));
    expect(await test.files()).toEqual(expect.arrayContaining([id, ticket.uploadId]));
    const { database, test: running } = test.service;
    const asked = { name: 'transcripts', namespace: running.namespace, database };
    await requestDeletionStep(asked, 'hide', { workspaceId, meetingId: other.id });
    expect((await put(ticket, content)).status).toBe(404);
    await requestDeletionStep(asked, 'purge', { workspaceId, meetingId: other.id });
    await until('the files are gone', async () => {
      const files = await test.files();
      return !files.includes(id) && !files.includes(ticket.uploadId);
    });
    expect(await rowOf(id)).toBeUndefined();
    expect((await put(ticket, content)).status).toBe(404);
  });

  it('that nobody goes on sending for a day goes by the schedule', async () => {
    const ticket = await test.ticketFor(organizer, meetingId, wavOf(1));
    await put(ticket, wavOf(1).subarray(0, 100), range(0, 100, wavOf(1).length));
    const { database } = test.service;
    await database.query(`UPDATE recording SET touched_at = now() - interval '25 hours' WHERE id = $1`, [
      ticket.uploadId,
    ]);
    await database.query(`UPDATE schedule SET next_fire_at = now() WHERE id = 'overdue-recordings'`);
    await until(
      'it is gone',
      async () =>
        (await rowOf(ticket.uploadId)) === undefined && !(await test.files()).includes(ticket.uploadId),
    );
    expect((await test.send(ticket, { method: 'HEAD' })).status).toBe(404);
  });

  it('can neither be sent nor heard from when somebody refuses until they agree again', async () => {
    const meeting = await test.service.hold(organizer);
    await test.bring(organizer, meeting.id, unlikeOthers());
    const [recording] = await test.recordingsOf(organizer, meeting.id);
    const link = { url: recording?.playbackUrl ?? '' };
    const waiting = await test.ticketFor(organizer, meeting.id, wavOf(1));
    const say = async (revision: number, state: 'REFUSED' | 'GIVEN'): Promise<void> => {
      const payload = { ...meeting, revision, recordingConsents: [{ userId: organizer.userId, state }] };
      await publishEvent(test.service.test.namespace, meetingUpdated, {
        workspaceId,
        aggregateId: meeting.id,
        payload,
      });
      await until('it is heard of', async () => {
        const sql = 'SELECT 1 FROM meeting_access WHERE meeting_id = $1 AND revision = $2';
        return ((await test.service.database.query(sql, [meeting.id, revision])) as unknown[]).length > 0;
      });
    };
    await say(2, 'REFUSED');
    expect((await test.askTicket(organizer, { meetingId: meeting.id })).userErrors).toMatchObject([
      { code: 'CONSENT_REFUSED', path: ['meetingId'] },
    ]);
    const refused = await put(waiting, wavOf(1));
    expect([refused.status, codeOf(refused.body)]).toEqual([403, 'CONSENT_REFUSED']);
    expect(await test.recordingsOf(organizer, meeting.id)).toMatchObject([
      { playbackUrl: null, expiresAt: null },
    ]);
    expect((await test.send(link)).status).toBe(404);
    await say(3, 'GIVEN');
    expect((await test.send(link)).status).toBe(200);
    expect((await put(waiting, wavOf(1))).status).toBe(200);
  });
});
