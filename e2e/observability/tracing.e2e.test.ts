import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '@hoerok/shared/testing';
import { createClient } from 'graphql-ws';
import { beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startIsolatedPlatform } from '../stack/isolated-platform.ts';
import { type CollectedSpan, startTraceCollector } from './trace-collector.ts';

const SAMPLE = readFileSync(new URL('../../samples/release-sync.en.vtt', import.meta.url), 'utf8');
const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }`;
const CREATE = `mutation ($input: CreateMeetingInput!) { createMeeting(input: $input) { meeting { id } } }`;
const IMPORT = `mutation Import($input: ImportTranscriptInput!) { importTranscript(input: $input) { task { id } } }`;
const MINUTES_TASK = `query ($id: ID!) { meeting(id: $id) { tasks(first: 10) { edges { node { id kind } } } } }`;
const WATCH = `subscription ($id: ID!) { taskUpdated(id: $id) { status transcript { id } minutes { overview } } }`;

const PASSWORD = 'correct horse battery staple';

/** The request that everything follows from, as a client that traces says it (W3C Trace Context). */
const client = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex') };

describe('the trace of an import', () => {
  let spans: readonly CollectedSpan[];
  let secrets: readonly string[];
  let log: readonly string[];
  beforeAll(async () => {
    await using collector = await startTraceCollector();
    const system = await startIsolatedPlatform({
      '*': {
        LOG_LEVEL: 'debug',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        // Longer than the test: what arrives in the end was sent because the processes were told to stop.
        OTEL_BSP_SCHEDULE_DELAY: '600000',
      },
    });
    try {
      secrets = await importAndWatch(`${system.platform.gatewayUrl}/graphql`);
      log = readLines(join(system.stateDir, 'log'));
    } finally {
      await system.remove();
    }
    spans = collector.spans.filter(({ traceId }) => traceId === client.traceId);
  }, 180_000);

  const find = (service: string, scope: string, name: RegExp): CollectedSpan => {
    const found = spans.find(
      (span) => span.service === service && span.scope === scope && name.test(span.name),
    );
    if (found === undefined) throw new Error(`no span ${name} of ${service} (${scope}) is in the trace`);
    return found;
  };
  /** The span and everything that it follows from, as far as the trace knows. */
  const ancestry = (span: CollectedSpan): CollectedSpan[] => {
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    return parent === undefined ? [span] : [span, ...ancestry(parent)];
  };
  const servicesBehind = (span: CollectedSpan): string[] => [
    ...new Set(
      ancestry(span)
        .toReversed()
        .map(({ service }) => service),
    ),
  ];

  it('has no broken link: every span leads back to the request of the client', () => {
    const ids = new Set(spans.map(({ spanId }) => spanId));
    const roots = spans.filter(({ parentSpanId }) => !ids.has(parentSpanId));
    expect(roots).toMatchObject([
      { service: 'gateway', scope: 'http', name: 'mutation Import', parentSpanId: client.spanId },
    ]);
  });

  it.each([
    ['gateway', 'undici', /^POST$/],
    ['transcripts', 'http', /^mutation/],
    ['transcripts', 'graphql', /importTranscript$/],
    ['transcripts', 'pg', /INSERT/],
    ['transcripts', 'hoerok', /^publish transcripts\.task\.changed\.v1$/],
    ['transcripts', 'hoerok', /^task TRANSCRIPT_IMPORT$/],
    ['tasks', 'hoerok', /^event transcripts\.task\.changed\.v1$/],
    ['ai', 'hoerok', /^event transcripts\.transcript\.created\.v1$/],
    ['ai', 'hoerok', /^task MINUTES$/],
    ['ai', 'undici', /^POST$/],
    ['tasks', 'hoerok', /^event ai\.task\.changed\.v1$/],
    ['notifications', 'hoerok', /^event ai\.minutes\.created\.v1$/],
    ['gateway', 'hoerok', /^subscription taskUpdated$/],
  ])('holds what %s did (%s: %s)', (service, scope, name) => {
    expect(find(service, scope, name)).toBeDefined();
  });

  it('goes from the mutation through outbox and worker into the subscription', () => {
    const deliveries = spans.filter(({ name }) => name === 'subscription taskUpdated');
    const stories = deliveries.map((span) =>
      ancestry(span)
        .filter(({ scope }) => scope === 'hoerok' || scope === 'http')
        .toReversed()
        .map(({ service, name }) => `${service}: ${name}`)
        // A task that did not start where it was accepted was woken by a message.
        .filter((step) => !step.includes(': publish task.')),
    );
    expect(stories).toContainEqual([
      'gateway: mutation Import',
      expect.stringMatching(/^transcripts: mutation/),
      'transcripts: task TRANSCRIPT_IMPORT',
      'transcripts: publish transcripts.transcript.created.v1',
      'ai: event transcripts.transcript.created.v1',
      'ai: task MINUTES',
      'ai: publish ai.task.changed.v1',
      'gateway: subscription taskUpdated',
    ]);
  });

  it('is named in the log lines of every process that worked for it', () => {
    const lines = log.map((line) => JSON.parse(line) as { service: string; traceId?: string; msg: string });
    const traced = lines.filter(
      ({ traceId, msg }) => traceId === client.traceId && msg === 'operation answered',
    );
    expect(traced.map(({ service }) => service)).toEqual(
      expect.arrayContaining(['gateway', 'transcripts', 'meetings', 'ai']),
    );
  });

  it('leaves nothing in any log that was said, and no secret', () => {
    expect(secrets.length).toBeGreaterThan(10);
    expect(log.filter((line) => secrets.some((secret) => line.includes(secret)))).toEqual([]);
  });

  it('comes back through the gateway when a worker asks another domain', () => {
    const asked = find('meetings', 'http', /^query TranscriptPage/);
    expect(servicesBehind(asked)).toEqual(['gateway', 'transcripts', 'ai', 'meetings']);
  });
});

/** Every line that the processes have logged. */
function readLines(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), 'utf8').trim().split('\n'));
}

/** Imports the sample, watches both of its tasks to their end, and answers what no log may hold. */
async function importAndWatch(url: string): Promise<string[]> {
  const account = { email: `tracer.${randomBytes(4).toString('hex')}@hoerok.example`, password: PASSWORD };
  const registered = await post(url, REGISTER, { input: { ...account, name: 'Tracer' } });
  const authorization = `Bearer ${String(registered['accessToken'])}`;
  const input = {
    title: 'Traced',
    scheduledStart: '2026-03-04T01:00:00Z',
    timeZone: 'Asia/Seoul',
    language: 'en',
  };
  const created = await post(url, CREATE, { input }, { authorization });
  const { id: meetingId } = created['meeting'] as { id: string };
  const traceparent = `00-${client.traceId}-${client.spanId}-01`;
  const captions = { meetingId, content: SAMPLE };
  const imported = await post(url, IMPORT, { input: captions }, { authorization, traceparent });
  expect(await watch(url, authorization, (imported['task'] as { id: string }).id)).toBe('COMPLETED');
  const minutesTask = await until('the minutes task is known', async () => {
    const meeting = await post(url, MINUTES_TASK, { id: meetingId }, { authorization });
    const { edges } = meeting['tasks'] as { edges: { node: { id: string; kind: string } }[] };
    return edges.find(({ node }) => node.kind === 'MINUTES')?.node;
  });
  expect(await watch(url, authorization, minutesTask.id)).toBe('COMPLETED');
  return [account.email, PASSWORD, String(registered['accessToken']), ...spokenLines(SAMPLE)];
}

function spokenLines(captions: string): string[] {
  return [...captions.matchAll(/^<v [^>]+>(.{20,})<\/v>$/gm)].flatMap(([, words]) => words ?? []);
}

/** What the one root field of an operation answers. */
async function post(
  url: string,
  query: string,
  variables: object,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data: Record<string, Record<string, unknown>>;
    errors?: unknown;
  };
  expect(errors).toBeUndefined();
  return Object.values(data)[0] ?? {};
}

/** Watches a task to its end over graphql-transport-ws; its last status. */
async function watch(url: string, authorization: string, id: string): Promise<string | undefined> {
  const socket = createClient({
    url: url.replace('http', 'ws'),
    connectionParams: { authorization },
    webSocketImpl: WebSocket,
    retryAttempts: 0,
  });
  let status: string | undefined;
  for await (const { data } of socket.iterate<{ taskUpdated: { status: string } }>({
    query: WATCH,
    variables: { id },
  }))
    status = data?.taskUpdated.status;
  await socket.dispose();
  return status;
}
