import { randomUUID } from 'node:crypto';
import type { UserViewer } from '@hoerok/shared/auth';
import { meetingCreated, type MeetingState } from '@hoerok/shared/contracts';
import type { GatewayClient } from '@hoerok/shared/graphql';
import { publishEvent, startTestService, type TestService, until } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { expect } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { transcriptsService } from '../src/service.ts';

/** The service under test, with a second connection to its database and a count of its queries. */
export interface TestTranscripts extends AsyncDisposable {
  readonly test: TestService;
  readonly database: DataSource;
  /** Reads of this domain's tables that `work` causes. */
  readonly countReads: (work: () => Promise<unknown>) => Promise<number>;
  /** Runs an operation that must not fail, and gives the value of its only field. */
  readonly run: <T>(viewer: UserViewer, document: string, variables?: object) => Promise<T>;
  /** Tells the service of a meeting as the meetings subgraph does, and waits until it knows. */
  readonly hold: (viewer: UserViewer, extra?: Partial<MeetingState>) => Promise<MeetingState>;
  /** Imports captions and waits for the end of the task. */
  readonly importCaptions: (viewer: UserViewer, meetingId: string, content: string) => Promise<EndedTask>;
  /** The task when it has ended. */
  readonly ended: (viewer: UserViewer, id: string) => Promise<EndedTask>;
  readonly rows: (table: string) => Promise<number>;
}

/** A task that has ended, as its entity query gives it. */
export interface EndedTask {
  readonly id: string;
  readonly status: string;
  readonly progress: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly transcript: { readonly id: string } | null;
}

/** What a mutation answers. */
export interface Payload {
  readonly task?: { readonly id: string; readonly status: string } | null;
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: string;
    readonly path: string[] | null;
  }[];
}

export const IMPORT = `mutation ($input: ImportTranscriptInput!) {
  importTranscript(input: $input) { task { id kind status requestedBy { id } meeting { id } } userErrors { code message path } }
}`;

const TASK = `query ($r: [_Any!]!) {
  _entities(representations: $r) { ... on Task { id status progress error { code message } transcript { id } } }
}`;

/** A user as the users domain knows it. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** @default MEMBER */
  readonly role?: string;
  /** @default true */
  readonly active?: boolean;
}

/** Stands in for the gateway: no meeting is known beyond those that events have told of, and no user but these. */
function gatewayTo(people: readonly Person[]): GatewayClient {
  return {
    query: async ({ data, variables: { id, ids } }) => {
      const asked = people.filter(({ id }) => Array.isArray(ids) && ids.includes(id));
      const one = people.find((person) => person.id === id);
      const user = one === undefined ? null : { role: 'MEMBER', active: true, ...one };
      return data.parse({ meeting: null, user, users: { edges: asked.map((node) => ({ node })) } });
    },
    ready: async () => undefined,
  };
}

const OWN_TABLES =
  /\b(transcript|speaker|section|segment|section_verdict|meeting_access|segment_edit|section_comment|transcript_note|validation_finding)\b/;

/** Starts it all. */
export async function startTranscripts(
  settings: Readonly<Record<string, string>> = {},
  people: readonly Person[] = [],
): Promise<TestTranscripts> {
  let reads = 0;
  const counted = (url: string): DataSource => {
    const logQuery = (query: string): void => {
      if (query.trimStart().startsWith('SELECT') && OWN_TABLES.test(query)) reads += 1;
    };
    const silent = (): void => undefined;
    const logger = {
      logQuery,
      logQueryError: silent,
      logQuerySlow: silent,
      logSchemaBuild: silent,
      logMigration: silent,
      log: silent,
    };
    return createDataSource(url).setOptions({ logging: ['query'], logger });
  };
  const definition = { ...transcriptsService, createDataSource: counted };
  const test = await startTestService(environment, definition, {
    adapters: { gateway: gatewayTo(people) },
    environment: settings,
  });
  const database = await createDataSource(test.databaseUrl).initialize();
  const run: TestTranscripts['run'] = async <T>(viewer: UserViewer, document: string, variables = {}) => {
    const answer = await test.execute(viewer, document, variables);
    expect(answer.errors).toBeUndefined();
    return Object.values(answer.data ?? {})[0] as T;
  };
  const ended: TestTranscripts['ended'] = (viewer, id) =>
    until('the task has ended', async () => {
      const [task] = await run<EndedTask[]>(viewer, TASK, { r: [{ __typename: 'Task', id }] });
      return task !== undefined && ['COMPLETED', 'FAILED'].includes(task.status) ? task : undefined;
    });
  return {
    test,
    database,
    run,
    ended,
    countReads: async (work) => {
      const before = reads;
      await work();
      return reads - before;
    },
    hold: async (viewer, extra = {}) => {
      const meeting = meetingOf(viewer, extra);
      const event = { workspaceId: viewer.workspaceId, aggregateId: meeting.id, payload: meeting };
      await publishEvent(test.namespace, meetingCreated, event);
      await until('the meeting is known', async () => {
        const sql = 'SELECT 1 FROM meeting_access WHERE meeting_id = $1';
        return ((await database.query(sql, [meeting.id])) as unknown[]).length > 0;
      });
      return meeting;
    },
    importCaptions: async (viewer, meetingId, content) => {
      const { task, userErrors } = await run<Payload>(viewer, IMPORT, { input: { meetingId, content } });
      expect(userErrors).toEqual([]);
      return await ended(viewer, task?.id ?? '');
    },
    rows: async (table) => {
      const [row] = (await database.query(`SELECT count(*)::int AS n FROM ${table}`)) as { n: number }[];
      return row?.n ?? -1;
    },
    [Symbol.asyncDispose]: async () => {
      await database.destroy();
      await test[Symbol.asyncDispose]();
    },
  };
}

/** A meeting that the viewer organizes. */
export function meetingOf(viewer: UserViewer, extra: Partial<MeetingState> = {}): MeetingState {
  return {
    __typename: 'Meeting',
    id: randomUUID(),
    revision: 1,
    title: 'Release sync',
    status: 'ENDED',
    language: 'en',
    timeZone: 'Asia/Seoul',
    organizerId: viewer.userId,
    participantUserIds: [viewer.userId],
    scheduledStart: '2026-03-04T01:00:00.000Z',
    startedAt: null,
    endedAt: null,
    verificationPolicy: 'ORGANIZER',
    ...extra,
  };
}

/** WebVTT of `cues` cues, five seconds each, of three speakers who take turns. */
export function captions(cues: number): string {
  const speakers = ['Dana Lee', '김민준', 'Speaker 3'];
  const clock = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(11, 23);
  const lines = Array.from({ length: cues }, (_, index) => {
    const voice = `<v ${speakers[index % 3]}>Sentence number ${index} of the meeting.</v>`;
    return `${clock(index * 5)} --> ${clock(index * 5 + 4)}\n${voice}\n`;
  });
  return `WEBVTT\n\n${lines.join('\n')}`;
}
