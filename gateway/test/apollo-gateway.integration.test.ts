import { ApolloGateway as StockGateway } from '@apollo/gateway';
import { ApolloServer, type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { until } from '@hoerok/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ApolloGatewayOptions, createApolloGateway } from '../src/apollo/create-apollo-gateway.ts';
import { stringifyResult } from '../src/apollo/prepared-data.ts';
import { compose, EVENT_STREAM_SDL, type FixtureGraph, serveFixtureGraph } from './fixture-graph.ts';

interface Context {
  readonly token?: string;
  readonly signal?: AbortSignal;
}

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const ME = '{ me { id name } }';
const TASK = '{ task(id: "t") { id label meeting { title } } }';

let graph: FixtureGraph;
const servers: ApolloServer<Context>[] = [];
beforeEach(async () => {
  graph = await serveFixtureGraph();
  graph.rows.set('t', { __typename: 'Task', id: 't', meeting: { __typename: 'Meeting', id: 'm' } });
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
  await graph.close();
});

type Options = Omit<ApolloGatewayOptions<Context>, 'supergraphSdl' | 'supergraphFile'>;

/** Starts a server on a gateway of ours and gives what asks it. */
async function serve(options: Options = {}) {
  const { supergraphSdl } = graph;
  return await serveOn(createApolloGateway<Context>({ supergraphSdl, logger: quiet, ...options }));
}

async function serveOn(gateway: object) {
  const server = new ApolloServer<Context>({
    gateway: gateway as ReturnType<typeof createApolloGateway>,
    logger: quiet,
    includeStacktraceInErrorResponses: false,
  });
  await server.start();
  servers.push(server);
  return async (query: string, contextValue: Context = {}) => {
    const { body } = await server.executeOperation({ query }, { contextValue });
    // Through JSON, as it reaches a client.
    return body.kind === 'single' ? (JSON.parse(JSON.stringify(body.singleResult)) as unknown) : null;
  };
}

function breakUsers(): void {
  const error = {
    message: 'no such table "people"',
    path: ['me'],
    extensions: { code: 'DB', table: 'people' },
  };
  graph.users.intercept = async () => ({ body: JSON.stringify({ data: { me: null }, errors: [error] }) });
}

const addsGreeting: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body } }) => {
      const data = body.kind === 'single' ? body.singleResult.data : null;
      if (data != null) data['hello'] = (data['task'] as { id: string }).id;
    },
  }),
};

describe('the gateway for a stock Apollo Server', () => {
  it('answers as the stock gateway does, errors of subgraphs and wrong variables included', async () => {
    const ours = await serve();
    const stock = await serveOn(new StockGateway({ supergraphSdl: graph.supergraphSdl, logger: quiet }));
    breakUsers();
    const wrong = 'query ($id: ID!) { task(id: $id) { id } }';
    for (const query of [TASK, `{ me { id } task(id: "t") { id } }`, wrong, '{ nope }', '{ task {'])
      expect(await ours(query)).toEqual(await stock(query));
  });

  it('sends each subgraph the headers that are made for it, and no others', async () => {
    const ask = await serve({
      headers: ({ token }, subgraph) => ({ Authorization: token, 'x-for': subgraph, 'x-none': undefined }),
    });
    await ask(TASK, { token: 'a' });
    const [task] = graph.tasks.asked;
    const [meeting] = graph.meetings.asked;
    expect(task?.headers).toMatchObject({ authorization: 'a', 'x-for': 'tasks' });
    expect(meeting?.headers).toMatchObject({ authorization: 'a', 'x-for': 'meetings' });
    expect(Object.keys(task?.headers ?? {}).sort()).toEqual([
      'accept',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'x-for',
      'x-request-id',
    ]);
  });

  it('never gives one the answer that was fetched with the headers of another', async () => {
    graph.users.intercept = async ({ headers }) => ({
      body: JSON.stringify({ data: { me: { id: headers.authorization, name: 'n' } } }),
    });
    const ask = await serve({ headers: ({ token }) => ({ authorization: token }) });
    const tokens = ['a', 'b', 'a', 'b'];
    const answers = await Promise.all(tokens.map(async (token) => await ask(ME, { token })));
    expect(answers).toEqual(tokens.map((id) => ({ data: { me: { id, name: 'n' } } })));
  });

  it('hides what a server did not expect when it is told to', async () => {
    const error = {
      message: 'at /srv/users.js:3',
      path: ['me'],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    };
    graph.users.intercept = async () => ({ body: JSON.stringify({ data: { me: null }, errors: [error] }) });
    const open = JSON.stringify(await (await serve())(ME));
    const masked = JSON.stringify(await (await serve({ maskErrors: true }))(ME));
    expect(open).toContain('/srv/users.js');
    expect(masked).not.toContain('/srv/users.js');
    expect(masked).toContain('"code":"INTERNAL_SERVER_ERROR"');
  });

  it('answers in part, and says nothing of addresses, when a subgraph is gone or too slow', async () => {
    graph.users.intercept = async () => await new Promise(() => undefined);
    await graph.meetings.close();
    const ask = await serve({ timeoutMs: 200 });
    const answer = await ask('{ me { id } meeting(id: "1") { id } task(id: "t") { id } }');
    expect(answer).toMatchObject({ data: { me: null, meeting: null, task: { id: 't' } } });
    const { errors } = answer as { errors: { extensions: { code: string } }[] };
    expect(errors.map(({ extensions }) => extensions.code).sort()).toEqual(['TIMEOUT', 'UNAVAILABLE']);
    expect(JSON.stringify(answer)).not.toContain('127.0.0.1');
  });

  it('gives up the fetches of a client that is gone', async () => {
    graph.users.intercept = async () => await new Promise(() => undefined);
    const client = new AbortController();
    const ask = await serve({ signal: ({ signal }) => signal ?? client.signal });
    const answer = ask(ME, { signal: client.signal });
    await until('the subgraph is asked', () => graph.users.asked.length === 1);
    client.abort();
    expect(await answer).toMatchObject({ errors: [{ extensions: { code: 'CANCELLED' } }] });
  });

  it('writes the same body from prepared JSON, with what plugins change in it', async () => {
    const { supergraphSdl } = graph;
    const bodyOf = async (prepareJson: boolean, edit: boolean): Promise<unknown> => {
      const server = new ApolloServer<Context>({
        gateway: createApolloGateway({ supergraphSdl, logger: quiet, prepareJson }),
        ...(prepareJson ? { stringifyResult } : {}),
        logger: quiet,
        plugins: edit ? [addsGreeting] : [],
      });
      await server.start();
      servers.push(server);
      const headers = new HeaderMap([['content-type', 'application/json']]);
      const { body } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body: { query: TASK } },
        context: async () => ({}),
      });
      return body.kind === 'complete' ? body.string : null;
    };
    for (const edit of [false, true]) expect(await bodyOf(true, edit)).toBe(await bodyOf(false, edit));
    expect(await bodyOf(true, true)).toContain('"hello":"t"');
  });

  it('refuses subscriptions', async () => {
    const ask = await serve();
    expect(await ask('subscription { sourceless { id } }')).toMatchObject({
      errors: [{ extensions: { code: 'SUBSCRIPTION_NEEDS_STREAM' } }],
    });
  });

  it('gives nobody what is for identified viewers only', async () => {
    const secret = `
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@authenticated"])
      type User @key(fields: "id") { id: ID! name: String! }
      type Query { me: User  secret: String @authenticated }`;
    const { tasks, users, meetings } = graph;
    const supergraphSdl = compose([tasks, { name: 'users', url: users.url, sdl: secret }, meetings]);
    const ask = await serveOn(createApolloGateway({ supergraphSdl, logger: quiet }));
    expect(await ask('{ secret me { id } }')).toMatchObject({
      data: { secret: null, me: { id: 'u1' } },
      errors: [{ path: ['secret'] }],
    });
    expect(users.asked.map(({ query }) => query)).toEqual([expect.not.stringContaining('secret')]);
  });

  it('does not start on a supergraph that cannot be served', async () => {
    const gateway = createApolloGateway({ supergraphSdl: EVENT_STREAM_SDL, logger: quiet });
    await expect(serveOn(gateway)).rejects.toThrow('cannot be served');
    const nowhere = createApolloGateway({ supergraphFile: '/nowhere/supergraph.graphql', logger: quiet });
    await expect(serveOn(nowhere)).rejects.toThrow('cannot be read');
  });
});
