import { extname, parse } from 'node:path';
import { z } from 'zod';
import { SetupError } from '../infra/setup-error.ts';
import type { DemoClient } from './demo-client.ts';
import { createProgressBar } from './progress-bar.ts';

/** Captions to make minutes of. */
export interface CaptionFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What {@link runMeeting} made. */
export interface HeldMeeting {
  readonly meetingId: string;
  readonly minutesId: string;
}

const reference = z.object({ id: z.string() });
const userErrors = z.array(z.object({ code: z.string(), message: z.string() }));
const meetingPayload = z.object({ meeting: reference.nullable(), userErrors });

const startedTask = reference.extend({ kind: z.string(), meeting: reference.nullable() });

/**
 * The main job, as a user does it: a meeting is created, held and ended, its captions are imported, and the minutes are
 * waited for. Nothing polls: one subscription tells which tasks there are, another how far each is.
 * @throws SetupError with what the platform said when it cannot be done
 */
export async function runMeeting(client: DemoClient, captions: CaptionFile): Promise<HeldMeeting> {
  const meetingId = await holdMeeting(client, parse(captions.name).name);
  // Subscribed before the import: the task that writes the minutes is started by an event, not by us.
  const minutesTask = findMinutesTask(client, meetingId);
  // It is awaited below; when the import is refused before that, nobody asks any more how it ends.
  minutesTask.catch(() => undefined);
  const input = { meetingId, uploadId: await upload(client, meetingId, captions) };
  const { importTranscript } = await client.run(
    'import-transcript',
    { input },
    z.object({ importTranscript: z.object({ task: reference.nullable(), userErrors }) }),
  );
  const importTask = orRefuse(importTranscript.task, importTranscript.userErrors);
  await followTask(client, importTask.id, 'Transcript');
  await followTask(client, await minutesTask, 'Minutes');
  const { meeting } = await client.run(
    'minutes-of-meeting',
    { meetingId },
    z.object({ meeting: z.object({ minutes: reference.nullable() }) }),
  );
  if (meeting.minutes === null)
    throw new SetupError('The task has ended without minutes; see the logs of the service "ai".');
  return { meetingId, minutesId: meeting.minutes.id };
}

async function holdMeeting(client: DemoClient, title: string): Promise<string> {
  const now = new Date().toISOString();
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const input = { title, scheduledStart: now, timeZone, templateId: 'template-weekly' };
  const { createMeeting } = await client.run(
    'create-meeting',
    { input },
    z.object({ createMeeting: meetingPayload }),
  );
  const { id } = orRefuse(createMeeting.meeting, createMeeting.userErrors);
  const { startMeeting } = await client.run(
    'start-meeting',
    { id },
    z.object({ startMeeting: meetingPayload }),
  );
  orRefuse(startMeeting.meeting, startMeeting.userErrors);
  const { endMeeting } = await client.run('end-meeting', { id }, z.object({ endMeeting: meetingPayload }));
  orRefuse(endMeeting.meeting, endMeeting.userErrors);
  return id;
}

const uploadPayload = z.object({
  ticket: z
    .object({
      uploadId: z.string(),
      url: z.string(),
      method: z.string(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
    })
    .nullable(),
  userErrors,
});

/** Sends the file as it is: what encoding and format it has is for the server to find out. */
async function upload(client: DemoClient, meetingId: string, { name, bytes }: CaptionFile): Promise<string> {
  const mimeType = MIME_TYPES[extname(name).toLowerCase()] ?? 'text/plain';
  const variables = { meetingId, filename: name, mimeType, bytes: bytes.length };
  const { createUpload } = await client.run(
    'create-upload',
    variables,
    z.object({ createUpload: uploadPayload }),
  );
  const { uploadId, url, method, headers } = orRefuse(createUpload.ticket, createUpload.userErrors);
  const sent = await fetch(url, {
    method,
    body: bytes,
    headers: headers.map(({ name: header, value }) => [header, value]),
  });
  if (!sent.ok) throw new SetupError(`The file was not taken: ${await sent.text()}`);
  return uploadId;
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.vtt': 'text/vtt',
  '.srt': 'application/x-subrip',
  '.json': 'application/json',
};

async function findMinutesTask(client: DemoClient, meetingId: string): Promise<string> {
  const events = client.watch('my-task-updated', {}, z.object({ myTaskUpdated: startedTask }));
  for await (const { myTaskUpdated: task } of events) {
    if (task.kind === 'MINUTES' && task.meeting?.id === meetingId) return task.id;
  }
  throw new SetupError('The gateway ended the subscription before the minutes were begun.');
}

async function followTask(client: DemoClient, id: string, title: string): Promise<void> {
  const bar = createProgressBar(process.stdout, title);
  const startedAt = performance.now();
  for await (const task of client.watchTask(id)) {
    if (task.status === 'COMPLETED') {
      bar.done(`done in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
      return;
    }
    if (task.status === 'FAILED' || task.status === 'CANCELLED') {
      bar.done(task.status.toLowerCase());
      throw new SetupError(task.error?.message ?? `The task was ${task.status.toLowerCase()}.`);
    }
    bar.show(task.progress, task.stage ?? 'waiting for a worker');
  }
  throw new SetupError('The gateway ended the subscription before the task had ended.');
}

function orRefuse<T>(value: T | null, errors: z.output<typeof userErrors>): T {
  if (value === null) throw new SetupError(errors.map(({ message }) => message).join(' '));
  return value;
}
