import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call as the server got it. */
export interface ChatCall {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The whole body, as it came. */
  readonly raw: string;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly stream?: boolean;
    readonly stream_options?: { readonly include_usage?: boolean };
    readonly max_completion_tokens?: number;
    readonly response_format: {
      readonly type: string;
      readonly json_schema?: { readonly name: string; readonly strict: boolean; readonly schema: object };
    };
  };
}

/** What a model is to say, or how the server is to fail. */
export type Reply =
  | { readonly json: unknown; readonly usage?: null }
  | { readonly text: string; readonly finish?: string }
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly error?: object }
  | { readonly by: (response: ServerResponse) => void };

/** A server that speaks the protocol of chat completions as OpenAI documents it, streamed or not. */
export interface ChatServer extends AsyncDisposable {
  readonly url: string;
  readonly calls: ChatCall[];
  /** Says what to answer; changed by tests. */
  answer: (call: ChatCall, index: number) => Reply | Promise<Reply>;
}

export const API_KEY = 'the-key-of-the-test';

/** What every answer has used. */
export const USAGE = { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 };

/** Starts the server on a free port. */
export async function startChatServer(): Promise<ChatServer> {
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const body = JSON.parse(raw) as ChatCall['body'];
    const call = { path: `${request.method} ${request.url}`, headers: request.headers, raw, body };
    chat.calls.push(call);
    send(response, { call, reply: await chat.answer(call, chat.calls.length - 1) });
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const chat: ChatServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    calls: [],
    answer: () => ({ status: 500 }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
  return chat;
}

function send(response: ServerResponse, { call, reply }: { call: ChatCall; reply: Reply }): void {
  if ('by' in reply) {
    reply.by(response);
    return;
  }
  if ('status' in reply) {
    const error = { message: `It fails. ${call.raw}`, type: 'x', param: null, code: null, ...reply.error };
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
    response.end(JSON.stringify({ error }));
    return;
  }
  const text = 'json' in reply ? JSON.stringify(reply.json) : reply.text;
  const finish = ('finish' in reply ? reply.finish : undefined) ?? 'stop';
  const usage = 'usage' in reply ? null : USAGE;
  const common = { id: 'chatcmpl-1', created: 1, model: call.body.model };
  if (call.body.stream !== true) {
    const message = { role: 'assistant', content: text, refusal: null };
    const choices = [{ index: 0, message, finish_reason: finish, logprobs: null }];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ ...common, object: 'chat.completion', choices, usage: usage ?? undefined }),
    );
    return;
  }
  const piece = (choices: readonly object[], rest: object = {}): void =>
    void response.write(
      `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices, usage: null, ...rest })}\n\n`,
    );
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  for (let from = 0; from < text.length; from += 40)
    piece([{ index: 0, delta: { content: text.slice(from, from + 40) }, finish_reason: null }]);
  piece([{ index: 0, delta: {}, finish_reason: finish }]);
  if (call.body.stream_options?.include_usage === true && usage !== null) piece([], { usage });
  response.end('data: [DONE]\n\n');
}

/** The lines of data that a call has sent, and what stands around them. */
export function dataOf({ body }: ChatCall): {
  readonly code: string;
  readonly lines: readonly {
    readonly n: number;
    readonly speaker: string;
    readonly text: string;
    readonly kind?: string;
  }[];
  readonly participants: readonly string[];
  readonly closing: string;
} {
  const content = body.messages[1]?.content ?? '';
  const [, code = '', data = '', closing = ''] =
    /^<<<DATA (\w+)>>>\n([\s\S]*)\n<<<END \1>>>\n\n([^\n]*)$/.exec(content) ?? [];
  const objects = data.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  const participants = (objects.find((one) => 'participants' in one)?.['participants'] ?? []) as string[];
  const lines = objects.filter((one) => 'n' in one) as never[];
  return { code, lines, participants, closing };
}

/** True for the question about the items of all sections. */
export function isReduce({ body }: ChatCall): boolean {
  return /overview/.test(body.messages[0]?.content ?? '');
}

/** An answer about a section with nothing in it. */
export const NOTHING = { points: [], decisions: [], openQuestions: [], actionItems: [] };

/** An answer about the items that leaves them all as they are. */
export const AS_IT_IS = { overview: [], keyPoints: [], duplicates: [] };
