import { testViewer, until } from '@hoerok/shared/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PART_BYTES } from '../src/storage/recording-storage.ts';
import {
  digestHeader,
  sha256,
  startRecordings,
  type TestRecordings,
  unlikeOthers,
  wavOf,
} from './recordings-service.ts';
import { S3_KEYS, type S3Server, startS3 } from './s3-server.ts';

const organizer = testViewer();
let s3: S3Server;
let test: TestRecordings;
let meetingId: string;

beforeAll(async () => {
  s3 = await startS3('meetings');
  const settings = {
    RECORDING_STORAGE: 's3',
    S3_ENDPOINT: s3.endpoint,
    S3_BUCKET: 'meetings',
    S3_REGION: 'eu-test-1',
    S3_ACCESS_KEY_ID: S3_KEYS.accessKeyId,
    S3_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey,
    RECORDING_RETENTION_DAYS: '30',
    RECORDING_MIB_PER_DAY: '40',
  };
  test = await startRecordings(settings, [{ id: organizer.userId, name: 'Organizer', aliases: [] }]);
  meetingId = (await test.service.hold(organizer)).id;
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

const large = (): Buffer => Buffer.concat([unlikeOthers(1), Buffer.alloc(PART_BYTES + 5_000, 'sound ')]);
const range = (from: number, to: number, total: number) => ({
  'content-range': `bytes ${from}-${to - 1}/${total}`,
});

it('a recording goes into the bucket in parts, whole parts alone survive a break, and is heard from there', async () => {
  const content = large();
  const ticket = await test.ticketFor(organizer, meetingId, content);
  const put = (from: number, to: number, extra = {}) =>
    test.send(ticket, {
      method: 'PUT',
      body: new Uint8Array(content.subarray(from, to)),
      headers: { ...range(from, to, content.length), ...extra },
    });
  const broken = await put(0, PART_BYTES + 1_000);
  expect([broken.status, broken.headers.get('upload-offset')]).toEqual([202, String(PART_BYTES)]);
  const done = await put(PART_BYTES, content.length, { 'repr-digest': digestHeader(content) });
  expect(done.status).toBe(200);
  expect(s3.objects.get(ticket.uploadId)?.equals(content)).toBe(true);
  const [recording] = await test.recordingsOf(organizer, meetingId);
  expect(recording).toMatchObject({ durationMs: 1_000, checksum: sha256(content).toString('hex') });
  const heard = await test.send(
    { url: recording?.playbackUrl ?? '' },
    { headers: { range: 'bytes=100-199' } },
  );
  expect(heard.body.equals(content.subarray(100, 200))).toBe(true);
  expect(await test.files()).toEqual([]);
});

it('a part that the storage does not take is told as 503, and the upload goes on where it was', async () => {
  const content = large();
  const ticket = await test.ticketFor(organizer, meetingId, content);
  s3.fail(1);
  const refused = await test.send(ticket, { method: 'PUT', body: new Uint8Array(content) });
  expect(refused.status).toBe(503);
  expect(refused.body.toString()).not.toContain('SlowDown');
  expect((await test.send(ticket, { method: 'PUT', body: new Uint8Array(content) })).status).toBe(200);
});

it('a recording is deleted after the days that are configured, with its object and what was heard in it', async () => {
  const id = await test.bring(organizer, meetingId, wavOf(1));
  const kept = await test.bring(organizer, meetingId, wavOf(1));
  const { database } = test.service;
  const task = (recordingId: string) =>
    database.query(
      `WITH t AS (INSERT INTO task (id, workspace_id, kind, lane, state, max_attempts, payload) VALUES ($1, 'w', 'TRANSCRIPTION',
         'normal', 'FAILED', 1, $2) RETURNING id) INSERT INTO task_step (task_id, step, result) SELECT id, 'part', '{}' FROM t`,
      [`task of ${recordingId}`, JSON.stringify({ recordingId })],
    );
  await task(id);
  await task(kept);
  await database.query(`UPDATE recording SET completed_at = now() - interval '31 days' WHERE id = $1`, [id]);
  await database.query(`UPDATE schedule SET next_fire_at = now() WHERE id = 'overdue-recordings'`);
  await until('the object is gone', () => !s3.objects.has(id));
  expect(s3.objects.has(kept)).toBe(true);
  expect(await database.query('SELECT task_id FROM task_step')).toEqual([{ task_id: `task of ${kept}` }]);
  expect((await test.recordingsOf(organizer, meetingId)).map((one) => one.id)).not.toContain(id);
});

it('a workspace sends no more in a day than it may', async () => {
  const answer = await test.service.test.execute(
    organizer,
    `mutation ($m: ID!) { createUpload(meetingId: $m, filename: "a.wav", mimeType: "audio/wav", bytes: 41943040) { ticket { uploadId } } }`,
    { m: meetingId },
  );
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'QUOTA_EXCEEDED' });
});

it('a meeting has a hundred recordings at most', async () => {
  const { id } = await test.service.hold(organizer);
  const sql = `INSERT INTO recording (id, workspace_id, meeting_id, created_by, created_at, touched_at, filename, mime_type, bytes,
      received, storage_state) SELECT 'r-' || n, $1, $2, 'u', now(), now(), 'a', 'audio/wav', 1, 0, '' FROM generate_series(1, 100) n`;
  await test.service.database.query(sql, [organizer.workspaceId, id]);
  const { ticket, userErrors } = await test.askTicket(organizer, { meetingId: id });
  expect([ticket, userErrors]).toMatchObject([null, [{ code: 'TOO_LARGE', path: ['meetingId'] }]]);
});
