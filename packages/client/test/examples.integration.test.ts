import { until } from '@hoerok/shared/testing';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  createApolloClient,
  TASK_UPDATED as APOLLO_TASK,
} from '../../../examples/apollo-client/watch-task.ts';
import { createUrqlClient, TASK_UPDATED as URQL_TASK } from '../../../examples/urql/watch-task.ts';
import { type Fixture, startFixture } from '../../../gateway/test/fixture-gateway.ts';
import { type CuttableProxy, serveProxy } from '../../../gateway/test/fixture-proxy.ts';
import { upTo } from './fixture-client.ts';

let fixture: Fixture;
let proxy: CuttableProxy;
let url: string;
beforeAll(async () => {
  fixture = await startFixture();
  proxy = await serveProxy({ host: '127.0.0.1', port: Number(new URL(fixture.gateway.url).port) });
  url = `http://127.0.0.1:${proxy.port}`;
});
afterAll(async () => {
  await proxy.close();
  await fixture[Symbol.asyncDispose]();
});

const ME = parse('{ me { name } }');

type Watch = (id: string, next: (revision: number | undefined) => void) => () => void;

const accessToken = async (): Promise<string> => await fixture.issuer.token();
const watchWithApollo: Watch = (id, next) => {
  const apollo = createApolloClient(url, accessToken);
  const events = apollo.subscribe<{ taskUpdated: { revision: number } }>({
    query: APOLLO_TASK,
    variables: { id },
  });
  const subscription = events.subscribe(({ data }) => next(data?.taskUpdated.revision));
  return () => subscription.unsubscribe();
};
const watchWithUrql: Watch = (id, next) => {
  const urql = createUrqlClient(url, accessToken);
  const events = urql.subscription(URQL_TASK, { id });
  const subscription = events.subscribe(({ data }) => next(data?.taskUpdated.revision));
  return () => subscription.unsubscribe();
};

it.each([
  ['Apollo Client', watchWithApollo],
  ['urql', watchWithUrql],
] as const)(
  '%s misses nothing while its connection is cut, and is released when it leaves',
  async (name, watch) => {
    const seen: (number | undefined)[] = [];
    const id = name.replace(' ', '-');
    const leave = watch(id, (revision) => void seen.push(revision));
    const publish = async (revision: number): Promise<void> => await fixture.publish({ id, revision });
    await publish(1);
    await until('the first event has come', () => seen.length === 1);
    for (const cut of upTo(3)) {
      proxy.cut();
      await publish(2 * cut);
      await publish(2 * cut + 1);
      proxy.heal();
      await until('what was missed has come', () => seen.length === 2 * cut + 1);
    }
    expect(seen).toEqual(upTo(7));
    leave();
    await until('the subject is released', () => fixture.gateway.interest() === 0);
  },
);

it.each([
  ['Apollo Client', async () => (await createApolloClient(url, accessToken).query({ query: ME })).data],
  ['urql', async () => (await createUrqlClient(url, accessToken).query(ME, {})).data as unknown],
] as const)('%s asks queries with the same token', async (_name, ask) => {
  expect(await ask()).toMatchObject({ me: { name: 'User u1' } });
});
