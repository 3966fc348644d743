import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** What a transcription was asked for with, as the server has decoded it. */
export interface Transcribed {
  readonly authorization: string | undefined;
  readonly model: string;
  readonly format: string;
  readonly language: string | null;
  readonly fields: readonly string[];
  readonly filename: string;
  readonly type: string;
  readonly audio: Buffer;
}

/** Answers one request. */
export type Answering = (asked: Transcribed, response: ServerResponse) => void;

/** A server with OpenAI's `audio/transcriptions`. */
export interface SttServer extends AsyncDisposable {
  /** For STT_URL. */
  readonly url: string;
  readonly asked: Transcribed[];
  /** What the next requests are answered with, one each; the last one stays. */
  readonly answer: (...answers: Answering[]) => void;
}

/** JSON with a status. */
export const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Answering =>
  (_asked, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
  };

/** An error in the shape of OpenAI's. */
export const failure = (status: number, message: string, headers: Record<string, string> = {}): Answering =>
  json({ error: { message, type: 'invalid_request_error', param: null, code: 'bad' } }, status, headers);

/** Any text of any type. */
export const text =
  (body: string, type: string): Answering =>
  (_asked, response) => {
    response.writeHead(200, { 'content-type': type }).end(body);
  };

/** `verbose_json` as Whisper has it. */
export const verbose = (
  ...segments: readonly (readonly [start: unknown, end: unknown, text: string])[]
): Answering =>
  json({
    task: 'transcribe',
    language: 'english',
    duration: 10,
    text: segments.map(([, , said]) => said).join(' '),
    segments: segments.map(([start, end, said], id) => ({
      id,
      seek: 0,
      start,
      end,
      text: said,
      tokens: [1, 2],
      avg_logprob: -0.105,
    })),
  });

/** Starts it on a free port. */
export async function startStt(): Promise<SttServer> {
  const asked: Transcribed[] = [];
  let answers: Answering[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}');
      return;
    }
    void read(request).then((one) => {
      asked.push(one);
      const [answering] = answers;
      if (answers.length > 1) answers = answers.slice(1);
      answering?.(one, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    answer: (...given) => (answers = given),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Decodes the multipart body by the platform's own reader, which takes nothing that is malformed. */
async function read(request: IncomingMessage): Promise<Transcribed> {
  if (request.url !== '/v1/audio/transcriptions') throw new Error(`nothing is at ${request.url}`);
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(Readable.toWeb(request) as ReadableStream, { headers }).formData();
  const file = form.get('file') as File;
  return {
    authorization: request.headers.authorization,
    model: form.get('model') as string,
    format: form.get('response_format') as string,
    language: form.get('language') as string | null,
    fields: [...form.keys()],
    filename: file.name,
    type: file.type,
    audio: Buffer.from(await file.arrayBuffer()),
  };
}
