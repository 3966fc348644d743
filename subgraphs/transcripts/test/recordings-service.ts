import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserViewer } from '@hoerok/shared/auth';
import { expect } from 'vitest';
import { writeWavHeader } from '../src/domain/wav.ts';
import { type Payload, type Person, startTranscripts, type TestTranscripts } from './transcripts-service.ts';

/** A ticket for a recording. */
export interface Ticket {
  readonly uploadId: string;
  readonly purpose: string;
  readonly url: string;
  readonly maxBytes: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** A transcripts service with a directory of its own for recordings. */
export interface TestRecordings extends AsyncDisposable {
  readonly service: TestTranscripts;
  readonly files: () => Promise<string[]>;
  readonly directory: string;
  readonly askTicket: (viewer: UserViewer, wanted: object) => Promise<Payload & { ticket: Ticket | null }>;
  readonly ticketFor: (
    viewer: UserViewer,
    meetingId: string,
    content: Buffer,
    mimeType?: string,
  ) => Promise<Ticket>;
  readonly send: (ticket: { readonly url: string }, options?: RequestInit) => Promise<HttpAnswer>;
  /** A recording that has arrived, by its id. */
  readonly bring: (
    viewer: UserViewer,
    meetingId: string,
    content: Buffer,
    mimeType?: string,
  ) => Promise<string>;
  readonly recordingsOf: (viewer: UserViewer, meetingId: string) => Promise<RecordingOfTest[]>;
}

export interface RecordingOfTest {
  readonly id: string;
  readonly filename: string;
  readonly mimeType: string;
  readonly bytes: number;
  readonly durationMs: number | null;
  readonly checksum: string;
  readonly playbackUrl: string | null;
  readonly expiresAt: string | null;
}

const CREATE = `mutation ($meetingId: ID!, $filename: String!, $mimeType: String!, $bytes: Float!) {
  createUpload(meetingId: $meetingId, filename: $filename, mimeType: $mimeType, bytes: $bytes) {
    ticket { uploadId purpose url method headers { name value } expiresAt maxBytes } userErrors { code message path } } }`;
const RECORDINGS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Meeting {
  recordings { id filename mimeType bytes durationMs checksum playbackUrl expiresAt createdBy { id } meeting { id } } } } }`;

/** Starts it all. */
export async function startRecordings(
  settings: Readonly<Record<string, string>> = {},
  people: readonly Person[] = [],
): Promise<TestRecordings> {
  const directory = await mkdtemp(join(tmpdir(), 'hoerok-recordings-'));
  const service = await startTranscripts({ RECORDINGS_DIR: directory, ...settings }, people);
  const send: TestRecordings['send'] = async ({ url }, options = {}) => {
    const { pathname, search } = new URL(url);
    const response = await fetch(new URL(`${pathname}${search}`, service.test.service.url), options);
    const { status, headers } = response;
    return { status, headers, body: Buffer.from(await response.arrayBuffer()) };
  };
  const askTicket: TestRecordings['askTicket'] = (viewer, wanted) =>
    service.run(viewer, CREATE, { filename: 'sync.wav', mimeType: 'audio/wav', bytes: 1_000, ...wanted });
  const ticketFor: TestRecordings['ticketFor'] = async (
    viewer,
    meetingId,
    content,
    mimeType = 'audio/wav',
  ) => {
    const { ticket, userErrors } = await askTicket(viewer, { meetingId, mimeType, bytes: content.length });
    expect(userErrors).toEqual([]);
    return ticket as Ticket;
  };
  return {
    service,
    directory,
    send,
    askTicket,
    ticketFor,
    files: async () => (await readdir(directory)).sort(),
    bring: async (viewer, meetingId, content, mimeType) => {
      const ticket = await ticketFor(viewer, meetingId, content, mimeType);
      const answer = await send(ticket, { method: 'PUT', body: new Uint8Array(content) });
      expect(answer.status).toBe(200);
      return ticket.uploadId;
    },
    recordingsOf: async (viewer, id) => {
      const [meeting] = await service.run<{ recordings: RecordingOfTest[] }[]>(viewer, RECORDINGS, {
        r: [{ __typename: 'Meeting', id }],
      });
      return meeting?.recordings ?? [];
    },
    [Symbol.asyncDispose]: async () => {
      await service[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A WAV file of 16 bits and one channel: a tone, with silence wherever `isQuiet` says so, by the second. */
export function wavOf(
  seconds: number,
  { rate = 16_000, isQuiet = () => false }: { rate?: number; isQuiet?: (second: number) => boolean } = {},
): Buffer {
  const samples = Buffer.alloc(seconds * rate * 2);
  for (let index = 0; index < samples.length / 2; index += 1)
    if (!isQuiet(index / rate)) samples.writeInt16LE(Math.round(8_000 * Math.sin(index / 7)), index * 2);
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * 2, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  return Buffer.concat([writeWavHeader({ format }, samples.length), samples]);
}

/** A WAV file whose bytes are those of no other. */
export function unlikeOthers(seconds = 1): Buffer {
  const wav = wavOf(seconds);
  wav.write(randomUUID(), wav.length - 40);
  return wav;
}

export const sha256 = (content: Buffer): Buffer => createHash('sha256').update(content).digest();
/** As RFC 9530 writes it. */
export const digestHeader = (content: Buffer): string => `sha-256=:${sha256(content).toString('base64')}:`;
