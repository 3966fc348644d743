import { randomUUID } from 'node:crypto';
import type { Viewer } from '@hoerok/shared/auth';
import { taskChanged, transcriptCreated } from '@hoerok/shared/contracts';
import { PermanentError } from '@hoerok/shared/errors';
import { onEvent } from '@hoerok/shared/events';
import {
  connectMessaging,
  deadLetterStream,
  deadLetterSubject,
  type Messaging,
  qualify,
  streamNames,
  taskSubject,
} from '@hoerok/shared/messaging';
import { recordQueries, startTestService, type TestService } from '@hoerok/shared/testing';
import { publishEvent, testServers, testViewer, until } from '@hoerok/shared/testing';
import { headers as natsHeaders } from 'nats';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { tasksService } from '../src/service.ts';
import { snapshotOf } from './snapshot.ts';

const LETTERS = `query ($f: DeadLetterFilter) { deadLetters(first: 100, filter: $f) { totalCount edges { node {
  id stream subject cause error deliveries at replayedAt replayedBy { id } task { id } } } } }`;
const REPLAY = `mutation ($ids: [ID!]!) { replayDeadLetters(ids: $ids) {
  deadLetters { id replayedAt replayedBy { id } } userErrors { code message path } } }`;
const AUDIT = `{ operatorAudit { totalCount edges { node { actor { id } action targetIds outcome at } } } }`;

interface Letter {
  readonly id: string;
  readonly subject: string;
  readonly replayedAt: string | null;
  readonly task: { id: string } | null;
}
interface Replayed {
  readonly deadLetters: readonly Letter[];
  readonly userErrors: readonly { code: string; message: string; path: string[] | null }[];
}

/** A service beside the tasks service: what it does with a transcript is up to the test. */
const probe = {
  broken: true,
  took: [] as string[],
  others: [] as string[],
};
const probeService: typeof tasksService = {
  ...tasksService,
  name: 'probe',
  build: (platform) => ({
    ...tasksService.build(platform),
    subscriptions: [
      {
        purpose: 'fragile',
        handlers: [
          onEvent(transcriptCreated, async ({ id }) => {
            if (probe.broken) throw new PermanentError('WRONG_STATE', 'Not mended yet.');
            probe.took.push(id);
          }),
        ],
      },
      {
        purpose: 'sound',
        handlers: [onEvent(transcriptCreated, async ({ id }) => void probe.others.push(id))],
      },
    ],
  }),
};

describe('dead letters', () => {
  let test: TestService;
  let other: TestService;
  let messaging: Messaging;
  let database: pg.Client;
  const recorded = recordQueries(tasksService);
  let admin = testViewer({ role: 'ADMIN' });

  beforeAll(async () => {
    test = await startTestService(environment, recorded.definition);
    const NAMESPACE = test.namespace;
    other = await startTestService(environment, probeService, { environment: { NAMESPACE } });
    messaging = await connectMessaging({ url: testServers().natsUrl, name: 'test', namespace: NAMESPACE });
    database = new pg.Client({ connectionString: test.databaseUrl });
    await database.connect();
  });
  afterAll(async () => {
    await database.end();
    await messaging.connection.close();
    await other[Symbol.asyncDispose]();
    await test[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    admin = testViewer({ role: 'ADMIN' });
    probe.broken = true;
  });

  const lettersOf = async (viewer: Viewer, filter: object = {}): Promise<Letter[]> => {
    const answer = await test.execute(viewer, LETTERS, { f: filter });
    expect(answer.errors).toBeUndefined();
    return (
      (answer.data?.['deadLetters'] as { edges: { node: Letter }[] } | undefined)?.edges.map(
        ({ node }) => node,
      ) ?? []
    );
  };
  const letterOf = (part: string): Promise<Letter> =>
    until(`a letter of ${part}`, async () =>
      (await lettersOf(admin)).find(({ subject, task }) => subject.includes(part) || task?.id === part),
    );
  const replay = async (ids: readonly string[], viewer: Viewer = admin): Promise<Replayed> => {
    const answer = await test.execute(viewer, REPLAY, { ids });
    expect(answer.errors).toBeUndefined();
    return answer.data?.['replayDeadLetters'] as Replayed;
  };
  const auditOf = async (viewer: Viewer = admin): Promise<unknown[]> => {
    const answer = await test.execute(viewer, AUDIT);
    expect(answer.errors).toBeUndefined();
    return (
      (answer.data?.['operatorAudit'] as { edges: { node: unknown }[] } | undefined)?.edges.map(
        ({ node }) => node,
      ) ?? []
    );
  };
  /** Publishes any bytes under any headers. */
  const publish = async (
    subject: string,
    carried: Readonly<Record<string, string>>,
    payload: string,
  ): Promise<void> => {
    const headers = natsHeaders();
    for (const [name, value] of Object.entries(carried)) headers.set(name, value);
    await messaging.jetstream.publish(qualify(messaging.namespace, subject), payload, { headers });
  };
  const stored = async (stream: string, part: string) => {
    const { state } = await messaging.manager.streams.info(stream);
    const found = [];
    // An empty stream says that its first message is number 0.
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq += 1) {
      const message = await messaging.manager.streams.getMessage(stream, { seq });
      if (message?.subject.includes(part) === true) found.push(message);
    }
    return found;
  };
  /** A transcript event that the fragile consumer buries. */
  const killTranscript = async (changes: Readonly<Record<string, string>> = {}): Promise<Letter> => {
    const id = `t-${randomUUID()}`;
    const carried = {
      'ce-id': randomUUID(),
      'ce-type': transcriptCreated.type,
      'ce-time': new Date().toISOString(),
      'ce-subject': id,
      'x-workspace-id': admin.workspaceId,
      ...changes,
    };
    const payload = {
      __typename: 'Transcript',
      id,
      revision: 1,
      meetingId: 'm-1',
      language: 'ko',
      wordCount: 3,
      durationMs: 1000,
    };
    const subject = `evt.transcripts.${admin.workspaceId}.transcript.${id}.created`;
    await publish(subject, carried, JSON.stringify(payload));
    return await letterOf(id);
  };
  /** A task as its owner tells of it, and its letter as the platform writes it. */
  const failTask = async (status: 'FAILED' | 'COMPLETED' = 'FAILED'): Promise<Letter> => {
    const task = snapshotOf({ status, finishedAt: new Date().toISOString() });
    await publishEvent(test.namespace, taskChanged('ai'), {
      workspaceId: admin.workspaceId,
      aggregateId: task.id,
      payload: task,
    });
    const subject = taskSubject('ai', 'MINUTES', 'normal');
    await publish(
      deadLetterSubject('TASKS_AI', 'exhausted', subject),
      {
        'x-dead-error': 'INTERNAL: The worker failed unexpectedly.',
        'x-dead-deliveries': '4',
        'x-dead-at': new Date().toISOString(),
        'x-task-id': task.id,
        'x-workspace-id': admin.workspaceId,
        'Nats-Msg-Id': randomUUID(),
      },
      JSON.stringify({ taskId: task.id }),
    );
    return await letterOf(task.id);
  };

  it('tell of a poison event: where it died, of what, and how often it was tried', async () => {
    const id = randomUUID();
    const subject = `evt.ai.${admin.workspaceId}.task.${id}.changed`;
    const carried = { 'ce-id': id, 'ce-type': 'ai.task.changed.v9', 'x-workspace-id': admin.workspaceId };
    await publish(subject, carried, '{"from":"the future"}');
    const letter = await letterOf(id);
    expect(letter).toEqual({
      id: expect.any(String),
      stream: 'EVT_AI',
      subject,
      cause: 'schema',
      error: 'Version not known here: ai.task.changed.v9',
      deliveries: 1,
      at: expect.any(String),
      replayedAt: null,
      replayedBy: null,
      task: null,
    });
    const { rows } = await database.query<{ payload: Buffer; headers: object }>(
      'SELECT payload, headers FROM dead_letter_view WHERE id = $1',
      [letter.id],
    );
    expect(rows[0]?.payload.toString()).toBe('{"from":"the future"}');
    expect(rows[0]?.headers).toEqual(carried);
  });

  it('are replayed once the cause is gone: handled once by who failed, ignored by who had handled it', async () => {
    const letter = await killTranscript();
    const [first] = await stored(streamNames(test.namespace, 'transcripts').events, letter.subject);
    const eventId = first?.header.get('ce-id') ?? '';
    await until('the sound consumer has it', () => probe.others.includes(eventId));
    probe.broken = false;
    const { deadLetters, userErrors } = await replay([letter.id]);
    expect(userErrors).toEqual([]);
    expect(deadLetters).toEqual([
      { id: letter.id, replayedAt: expect.any(String), replayedBy: { id: admin.userId } },
    ]);
    await until('the mended consumer has it', () => probe.took.includes(eventId));
    // Whatever comes later has passed both consumers behind the replay.
    expect((await replay([letter.id])).deadLetters).toEqual(deadLetters);
    const copies = await stored(streamNames(test.namespace, 'transcripts').events, letter.subject);
    expect(copies.map(({ header }) => header.get('ce-id'))).toEqual([eventId, eventId]);
    expect(copies[1]?.header.get('x-replay-of')).toBe(letter.id);
    expect(copies[1]?.string()).toBe(copies[0]?.string());
    expect(copies[1]?.header.keys().filter((name) => name.startsWith('x-dead'))).toEqual([]);
    await settled();
    expect(probe.took.filter((id) => id === eventId)).toHaveLength(1);
    expect(probe.others.filter((id) => id === eventId)).toHaveLength(1);
  });

  /** Both consumers of the probe have acknowledged everything. */
  const settled = () =>
    until('nothing is on its way', async () => {
      const { events } = streamNames(test.namespace, 'transcripts');
      const durables = ['probe__fragile__transcript', 'probe__sound__transcript'];
      const consumers = await Promise.all(
        durables.map((name) => messaging.manager.consumers.info(events, name)),
      );
      return consumers.every((one) => one.num_pending === 0 && one.num_ack_pending === 0);
    });

  it('become a new letter when the replay fails again', async () => {
    const letter = await killTranscript();
    await replay([letter.id]);
    const again = await until('a second letter', async () =>
      (await lettersOf(admin, { replayed: false })).find(({ subject }) => subject === letter.subject),
    );
    expect(again.id).not.toBe(letter.id);
    expect(await lettersOf(admin, { replayed: true })).toMatchObject([{ id: letter.id }]);
    expect(await lettersOf(admin, { cause: ['schema'] })).toEqual([]);
    expect(await lettersOf(admin, { cause: ['permanent'] })).toHaveLength(2);
  });

  it('of a failed task start it again through its owner', async () => {
    const letter = await failTask();
    const taskId = letter.task?.id ?? '';
    expect(letter).toMatchObject({ stream: 'TASKS_AI', cause: 'exhausted', deliveries: 4 });
    await until('the task is known', async () => {
      const { userErrors } = await replay([letter.id]);
      return userErrors.length === 0;
    });
    const [sent] = await until('the command is in the stream', async () => {
      const found = await stored(streamNames(test.namespace, 'tasks').events, taskId);
      return found.length > 0 && found;
    });
    expect(sent?.header.get('ce-type')).toBe('tasks.task-command.retry-requested.v1');
    expect(sent?.header.get('x-actor-id')).toBe(admin.userId);
    expect(sent?.json()).toEqual({ taskId, owner: 'ai' });
  });

  it('are replayed all or none, and the refusal names the one that cannot be', async () => {
    const good = await killTranscript();
    const old = await killTranscript({ 'ce-time': '2020-01-01T00:00:00.000Z' });
    const done = await failTask('COMPLETED');
    const refusals = await Promise.all([old, done].map(async ({ id }) => await replay([good.id, id])));
    for (const { deadLetters, userErrors } of refusals) {
      expect(deadLetters).toEqual([]);
      expect(userErrors).toMatchObject([{ code: 'WRONG_STATE', path: ['ids', '1'] }]);
    }
    expect(refusals[0]?.userErrors[0]?.message).toContain('older than 20 days');
    expect((await replay([good.id, 'none'])).userErrors).toMatchObject([
      { code: 'NOT_FOUND', path: ['ids', '1'] },
    ]);
    expect((await replay([])).userErrors).toMatchObject([{ code: 'BAD_INPUT', path: ['ids'] }]);
    expect(await lettersOf(admin, { replayed: true })).toEqual([]);
    expect(await auditOf()).toEqual([]);
  });

  it('that tell an old state of a task are not put in front of the newer one', async () => {
    const task = snapshotOf({ revision: 2 });
    const tell = { workspaceId: admin.workspaceId, aggregateId: task.id };
    await publishEvent(test.namespace, taskChanged('ai'), { ...tell, payload: { ...task, revision: 3 } });
    const carried = {
      'ce-id': randomUUID(),
      'ce-type': 'ai.task.changed.v9',
      'x-workspace-id': admin.workspaceId,
    };
    await publish(
      `evt.ai.${admin.workspaceId}.task.${task.id}.changed`,
      carried,
      JSON.stringify({ ...task, revision: 2 }),
    );
    const letter = await letterOf(task.id);
    expect((await replay([letter.id])).userErrors).toMatchObject([
      { code: 'WRONG_STATE', message: expect.stringContaining('newer state') },
    ]);
  });

  it('are for an ADMIN of the same workspace and for nobody else', async () => {
    const letter = await killTranscript();
    const { workspaceId } = admin;
    const fields = [LETTERS, AUDIT, '{ queues { name } }'];
    const service: Viewer = { kind: 'service', service: 'gateway', workspaceId, onBehalfOf: null };
    const refused: Viewer[] = [
      testViewer({ workspaceId }),
      testViewer({ workspaceId, role: 'MANAGER' }),
      service,
    ];
    for (const viewer of refused) {
      for (const field of fields)
        expect((await test.execute(viewer, field)).errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
    }
    expect((await test.execute(null, LETTERS)).errors?.[0]?.extensions?.['code']).toBe('UNAUTHENTICATED');
    const [member] = refused as [Viewer];
    expect((await replay([letter.id], member)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    const foreigner = testViewer({ role: 'ADMIN' });
    expect(await lettersOf(foreigner)).toEqual([]);
    expect((await replay([letter.id], foreigner)).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const entity = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on DeadLetter { id } } }`;
    const r = [{ __typename: 'DeadLetter', id: letter.id }];
    const seen = async (viewer: Viewer) => (await test.execute(viewer, entity, { r })).data?.['_entities'];
    expect(await seen(admin)).toEqual([{ id: letter.id }]);
    expect(await Promise.all([member, foreigner].map(seen))).toEqual([[null], [null]]);
  });

  it('of which nobody can tell whose they are stay hidden, and are kept and counted', async () => {
    const id = randomUUID();
    // The header claims another workspace than the subject: nobody may replay it into the other one.
    const carried = { 'ce-id': id, 'ce-type': 'ai.task.changed.v9', 'x-workspace-id': admin.workspaceId };
    await publish(`evt.ai.w-other.task.${id}.changed`, carried, 'not json');
    const kept = await until('the letter is kept', async () => {
      const { rows } = await database.query<{ id: string; workspace_id: string | null }>(
        'SELECT id, workspace_id FROM dead_letter_view WHERE subject LIKE $1',
        [`%${id}%`],
      );
      return rows.length > 0 && rows;
    });
    expect(kept).toMatchObject([{ workspace_id: null }]);
    expect(await lettersOf(admin)).toEqual([]);
    expect((await replay(kept.map((row) => row.id))).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const metrics = await (await fetch(`${test.service.url}/metrics`)).text();
    expect(metrics).toMatch(/hoerok_dead_letters_total\{[^}]*cause="schema"[^}]*hidden="true"[^}]*\} [1-9]/);
  });

  it('are kept once however often they are delivered', async () => {
    const letter = await killTranscript();
    await replay([letter.id]);
    const dlq = deadLetterStream(test.namespace);
    const durable = 'tasks__dead_letter_view__dlq';
    const before = await until('the replay has failed again', async () => {
      const letters = await lettersOf(admin);
      return letters.length === 2 && letters;
    });
    await messaging.manager.consumers.delete(dlq, durable);
    // A new consumer begins at the start of the stream.
    await until(
      'a new consumer has taken every letter again',
      async () => {
        const info = await messaging.manager.consumers.info(dlq, durable).catch(() => undefined);
        const { state } = await messaging.manager.streams.info(dlq);
        return info !== undefined && info.ack_floor.stream_seq === state.last_seq;
      },
      { deadlineMs: 45_000 },
    );
    expect(await lettersOf(admin)).toEqual(before);
    expect(before.filter(({ replayedAt }) => replayedAt !== null)).toMatchObject([{ id: letter.id }]);
  }, 60_000);

  it('and the tasks that people cancel, retry, replay and have told again leave an audit that nobody can change', async () => {
    const letter = await failTask();
    const taskId = letter.task?.id ?? '';
    await until('the replay is taken', async () => (await replay([letter.id])).userErrors.length === 0);
    await replay([letter.id]);
    await test.execute(admin, 'mutation ($id: ID!) { retryTask(id: $id) { task { id } } }', { id: taskId });
    await test.execute(admin, 'mutation ($id: ID!) { cancelTask(id: $id) { task { id } } }', { id: taskId });
    const retell = 'mutation { retellTasks { requested userErrors { code } } }';
    const manager = testViewer({ workspaceId: admin.workspaceId, role: 'MANAGER' });
    expect((await test.execute(manager, retell)).data?.['retellTasks']).toMatchObject({
      requested: false,
      userErrors: [{ code: 'FORBIDDEN' }],
    });
    expect((await test.execute(admin, retell)).data?.['retellTasks']).toMatchObject({ requested: true });
    const who = { actor: { id: admin.userId }, at: expect.any(String) };
    // A FAILED task cannot be cancelled: what was refused did not happen.
    expect(await auditOf()).toEqual([
      { ...who, action: 'RETELL_TASKS', targetIds: [], outcome: 'SENT' },
      { ...who, action: 'RETRY_TASK', targetIds: [taskId], outcome: 'SENT' },
      { ...who, action: 'REPLAY_DEAD_LETTERS', targetIds: [letter.id], outcome: 'UNCHANGED' },
      { ...who, action: 'REPLAY_DEAD_LETTERS', targetIds: [letter.id], outcome: 'SENT' },
    ]);
    expect(await auditOf(testViewer({ role: 'ADMIN' }))).toEqual([]);
    for (const change of ['DELETE FROM operator_audit', `UPDATE operator_audit SET outcome = ''`])
      await expect(database.query(change)).rejects.toThrow('append-only');
  });

  it('are listed with their tasks without a query for each', async () => {
    for (let count = 0; count < 3; count += 1) await failTask();
    await until('the tasks are known', async () => {
      const letters = await lettersOf(admin);
      return letters.every(({ task }) => task !== null);
    });
    const sql = await recorded.during(/"?task_view"? "t|FROM "task_view"/, () => lettersOf(admin));
    expect(sql).toHaveLength(1);
  });
});
