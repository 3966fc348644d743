import { writeFile } from 'node:fs/promises';
import { until } from '@hoerok/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { subscribeEvents, subscribeMultipart, subscribeSocket, type Result } from './fixture-clients.ts';
import { type Fixture, startFixture } from './fixture-gateway.ts';
import { compose, serveSubgraph } from './fixture-graph.ts';
import { openSocket } from './fixture-socket.ts';

const WATCH = 'subscription ($id: ID!) { taskUpdated(id: $id) { revision requestedBy { name } } }';
const RELOAD = 'SUBSCRIPTION_SCHEMA_RELOAD';

let fixture: Fixture;
let token: string;
beforeEach(async () => {
  fixture = await startFixture();
  token = await fixture.issuer.token();
});
afterEach(async () => await fixture[Symbol.asyncDispose]());

type Part = 'tasks' | 'users' | 'meetings';

/** Swaps the supergraph of the running gateway for one with edited subgraphs, and waits until it is served. */
async function swap(edit: Partial<Record<Part, { sdl?: [string, string]; url?: string }>>): Promise<void> {
  const served = (): number => fixture.log.filter((line) => line.includes('is being served')).length;
  const before = served();
  const parts = (['tasks', 'users', 'meetings'] as const).map((name) => {
    const { url, sdl } = fixture.graph[name];
    const [from, to] = edit[name]?.sdl ?? ['', ''];
    if (!sdl.includes(from)) throw new Error(`there is no "${from}" in ${name}`);
    return { name, url: edit[name]?.url ?? url, sdl: sdl.replace(from, to) };
  });
  await writeFile(fixture.file, compose(parts));
  await until('the new supergraph is served', () => served() > before);
}

const tasksOf = (results: readonly Result[]) =>
  results.map(({ data }) => data?.['taskUpdated'] as { revision: number; requestedBy: { name: string } });
const codesOf = (results: readonly Result[]) =>
  results.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.['code']));

describe('a supergraph that is swapped under running subscriptions', () => {
  it('closes none of them and loses no event while the source stays the same', async () => {
    await fixture.publish({ id: 'busy', revision: 1 });
    const operation = { query: WATCH, variables: { id: 'busy' } };
    const transports = [subscribeSocket, subscribeEvents, subscribeMultipart];
    const subscribers = Array.from({ length: 15 }, (_, index) => {
      const subscribe = transports[index % transports.length] ?? subscribeSocket;
      return subscribe(fixture.gateway.url, operation, token);
    });
    const all = async (holds: (results: readonly Result[]) => boolean) =>
      await Promise.all(subscribers.map(async (subscriber) => await subscriber.until(holds)));
    await all((results) => results.length === 1);
    let published = 1;
    let swapping = true;
    const load = (async () => {
      while (swapping) {
        published += 1;
        await fixture.publish({ id: 'busy', revision: published });
        // The slowest sets the pace: what is tested is the swap, not a full buffer.
        await all((results) => results.length >= published - 20);
      }
    })();
    for (const field of ['one', 'two', 'three']) {
      const seen = published;
      await swap({ users: { sdl: ['type Query {', `type Query { ${field}: Int `] } });
      await until('events go on', () => published > seen + 30);
    }
    swapping = false;
    await load;
    await fixture.publish({ id: 'busy', revision: published + 1, status: 'COMPLETED' });
    await Promise.all(subscribers.map(async ({ completed }) => await completed));
    for (const { results } of subscribers) {
      expect(tasksOf(results).map(({ revision }) => revision)).toEqual(
        Array.from({ length: published + 1 }, (_, index) => index + 1),
      );
    }
  });

  it('takes the rest of the next event from where the new supergraph says', async () => {
    const sdl = fixture.graph.users.sdl;
    const moved = await serveSubgraph('users', sdl, {
      User: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `New ${id}` }) },
    });
    await fixture.publish({ id: 'moved', revision: 1 });
    const operation = { query: WATCH, variables: { id: 'moved' } };
    const subscriber = subscribeSocket(fixture.gateway.url, operation, token);
    await subscriber.until((results) => results.length === 1);
    await swap({ users: { url: moved.url } });
    await fixture.publish({ id: 'moved', revision: 2, status: 'COMPLETED' });
    await subscriber.completed;
    expect(tasksOf(subscriber.results).map(({ requestedBy }) => requestedBy.name)).toEqual([
      'User u1',
      'New u1',
    ]);
    await moved.close();
  });

  it('ends what no longer fits it, on a quiet stream at once, and nothing else on the socket', async () => {
    await fixture.publish({ id: 'gone', revision: 1 });
    fixture.graph.rows.set('gone', {
      __typename: 'Task',
      id: 'gone',
      status: 'PENDING',
      revision: 1,
      progress: 0,
    });
    const { init, subscribe, results, messages, socket } = await openSocket(fixture.gateway.url);
    await init({ authorization: `Bearer ${token}` });
    subscribe('fits', WATCH, { id: 'gone' });
    subscribe('unfit', 'subscription { taskUpdated(id: "gone") { revision label } }');
    await until('both begin', () => results('fits').length === 1 && results('unfit').length === 1);
    await swap({ tasks: { sdl: ['label(prefix: String): String', ''] } });
    await until('the one ends', () => messages.some(({ type, id }) => type === 'complete' && id === 'unfit'));
    expect(codesOf(results('unfit'))).toEqual([RELOAD]);
    await fixture.publish({ id: 'gone', revision: 2 });
    await until('the other goes on', () => results('fits').length === 2);
    expect(codesOf(results('fits'))).toEqual([]);
    socket.close();
    await until('the subject is released', () => fixture.gateway.interest() === 0);
  });

  it.each([
    ['another subject', ['task.{args.id}.changed', 'job.{args.id}.changed']],
    [
      'another audience',
      ['audience: "watchers"\n      audienceRoles', 'audience: "owners"\n      audienceRoles'],
    ],
    ['another end', ['endField: "status"', 'endField: "stage"']],
  ] as const)('that has %s for the field ends the stream with the reason', async (_what, sdl) => {
    await fixture.publish({ id: 'source', revision: 1 });
    const operation = { query: WATCH, variables: { id: 'source' } };
    const subscriber = subscribeSocket(fixture.gateway.url, operation, token);
    await subscriber.until((results) => results.length === 1);
    await swap({ tasks: { sdl: [...sdl] } });
    await subscriber.completed;
    expect(codesOf(subscriber.results)).toEqual([RELOAD]);
  });
});
