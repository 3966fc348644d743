import { todoDue } from '@hoerok/shared/contracts';
import { connectMessaging, qualify, streamNames } from '@hoerok/shared/messaging';
import { startTestService, type TestService, testServers, testViewer, until } from '@hoerok/shared/testing';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment } from '../src/config.ts';
import { createDataSource } from '../src/data-source.ts';
import { todosService } from '../src/service.ts';
import { remindOfDueTodos } from '../src/services/remind-of-due-todos.ts';
import { createNeighbors, lastEvent } from './neighbors.ts';

const viewer = testViewer();
const colleague = testViewer({ workspaceId: viewer.workspaceId });
const foreigner = testViewer();
const neighbors = createNeighbors(viewer, colleague, foreigner);

const CREATE = `mutation ($input: CreateTodoInput!) { createTodo(input: $input) { todo { id revision } userErrors { code } } }`;
const UPDATE = `mutation ($input: UpdateTodoInput!) { updateTodo(input: $input) { todo { id revision } userErrors { code } } }`;

interface Written {
  readonly id: string;
  readonly revision: number;
}

describe('todos that become due', () => {
  let test: TestService;
  let dataSource: DataSource;

  beforeAll(async () => {
    test = await startTestService(environment, todosService, { adapters: { gateway: neighbors.gateway } });
    dataSource = await createDataSource(test.databaseUrl).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await test[Symbol.asyncDispose]();
  });

  const write = async (document: string, input: object, who = viewer): Promise<Written> => {
    const { data, errors } = await test.execute(who, document, { input });
    expect(errors).toBeUndefined();
    const [payload] = Object.values(data ?? {}) as { todo: Written; userErrors: object[] }[];
    expect(payload?.userErrors).toEqual([]);
    return payload?.todo as Written;
  };
  const create = (input: object = {}, who = viewer): Promise<Written> =>
    write(CREATE, { title: 'Send the draft', assigneeId: colleague.userId, ...input }, who);
  const change = ({ id, revision }: Written, edit: object): Promise<Written> =>
    write(UPDATE, { id, expectedRevision: revision, ...edit });
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

  /** Makes the schedule due now and waits until it has fired and all is published. */
  const fire = async (): Promise<void> => {
    await dataSource.query(`UPDATE schedule SET next_fire_at = clock_timestamp() WHERE id = 'due-todos'`);
    const settled = `SELECT 1 FROM schedule WHERE next_fire_at > now() AND NOT EXISTS (SELECT 1 FROM outbox)`;
    await until('the schedule has fired', async () => {
      const rows: unknown[] = await dataSource.query(settled);
      return rows.length === 1;
    });
  };
  /** How often each of the todos was told of as due. */
  const reminders = async (...todos: Written[]): Promise<number[]> => {
    const url = testServers().natsUrl;
    const messaging = await connectMessaging({ url, name: 'test', namespace: test.namespace });
    const { events } = streamNames(test.namespace, 'todos');
    const subject = (id: string): string => qualify(test.namespace, `evt.todos.*.todo.${id}.due`);
    const counts: number[] = [];
    for (const { id } of todos) {
      const { state } = await messaging.manager.streams.info(events, { subjects_filter: subject(id) });
      counts.push(Object.values(state.subjects ?? {})[0] ?? 0);
    }
    await messaging.connection.close();
    return counts;
  };

  it('tells once of a todo that is due within a day or late, and of no other', async () => {
    const soon = await create({ dueAt: inHours(23) });
    const late = await create({ dueAt: inHours(-48) });
    const elsewhere = await create({ dueAt: inHours(1), assigneeId: foreigner.userId }, foreigner);
    const others = [
      await create({ dueAt: inHours(25) }),
      await create(),
      await create({ dueAt: inHours(1), assigneeId: null }),
    ];
    await fire();
    await fire();
    expect(await reminders(soon, late, elsewhere, ...others)).toEqual([1, 1, 1, 0, 0, 0]);
    const told = await lastEvent(test, todoDue, { workspaceId: viewer.workspaceId, id: late.id });
    expect(told).toMatchObject({ status: 'OPEN', revision: 1, assigneeId: colleague.userId });
    expect(Date.parse(told.dueAt)).toBeLessThan(Date.now());
  });

  it('tells again when the due date moves, and not when something else changes', async () => {
    const todo = await create({ dueAt: inHours(2) });
    await fire();
    const renamed = await change(todo, { title: 'Send the final draft' });
    await fire();
    expect(await reminders(todo)).toEqual([1]);
    const moved = await change(renamed, { dueAt: inHours(3) });
    await fire();
    expect(await reminders(todo)).toEqual([2]);
    await change(moved, { dueAt: inHours(100) });
    await fire();
    expect(await reminders(todo)).toEqual([2]);
  });

  it('tells at each of the times that a todo sets, and not twice of those that passed together', async () => {
    const todo = await create({ dueAt: inHours(47), remindBefore: [48, 24, 1] });
    const at = (hours: number): Promise<unknown> =>
      dataSource.transaction((tx) => remindOfDueTodos(tx, new Date(Date.now() + hours * 3_600_000)));
    const told: (number | undefined)[] = [];
    for (const hours of [0, 22, 23, 45, 46, 46, 47, 70]) {
      await at(hours);
      await fire();
      told.push((await reminders(todo))[0]);
    }
    expect(told).toEqual([1, 1, 2, 2, 3, 3, 3, 3]);
    const missed = await create({ dueAt: inHours(47), remindBefore: [48, 24, 1] });
    await at(46.5);
    await fire();
    expect(await reminders(missed)).toEqual([1]);
  });

  it('tells of a late todo once a day, for seven days', async () => {
    const todo = await create({ dueAt: inHours(1), remindBefore: [] });
    const told: (number | undefined)[] = [];
    for (const days of [0, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const now = new Date(Date.now() + days * 24 * 3_600_000 + 2 * 3_600_000);
      await dataSource.transaction((tx) => remindOfDueTodos(tx, now));
      await fire();
      told.push((await reminders(todo))[0]);
    }
    expect(told).toEqual([0, 1, 1, 2, 3, 4, 5, 6, 7, 7, 7]);
  });

  it('does not tell again at other times before the same date that have passed', async () => {
    const todo = await create({ dueAt: inHours(3) });
    await fire();
    await change(todo, { remindBefore: [48, 12, 1] });
    await fire();
    expect(await reminders(todo)).toEqual([1]);
  });

  it('never tells of a todo that is done or canceled, but of one that is opened again', async () => {
    const todos = [];
    for (const status of ['DONE', 'CANCELED']) {
      const settled = await change(await create(), { status });
      todos.push(await change(settled, { dueAt: inHours(1) }));
    }
    await fire();
    expect(await reminders(...todos)).toEqual([0, 0]);
    for (const todo of todos) await change(todo, { status: 'OPEN' });
    await fire();
    expect(await reminders(...todos)).toEqual([1, 1]);
  });

  it('tells of a late assignment once somebody has the todo', async () => {
    const todo = await create({ dueAt: inHours(1), assigneeId: null });
    await fire();
    await change(todo, { assigneeId: colleague.userId });
    await fire();
    expect(await reminders(todo)).toEqual([1]);
  });
});
