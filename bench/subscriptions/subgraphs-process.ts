/** The five subgraphs, each on a port of its own, in one process. They do as little as a GraphQL server can. */
import { EventEmitter, on, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, type DocumentNode, execute, type GraphQLSchema, parse, validate } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { answerAsks } from './asking.ts';
import { eventPayload, OWNER, SDL, type TaskEvent } from './graph.ts';

interface Reference {
  readonly __typename: string;
  readonly id: string;
}

const topics = new EventEmitter().setMaxListeners(0);
let fetches = 0;
let watching = 0;
let sockets: WebSocketServer | undefined;

// What the subgraphs know: everything about whatever they are asked for.
const FIELDS = {
  requestedBy: 'Requester',
  name: 'Name',
  city: 'City',
  host: ({ id }: Reference) => ({ __typename: 'User', id: `u-${id}` }),
};
// Plain texts on a task, references on the way through the graph.
const BY_TYPE: Readonly<Record<string, object>> = {
  Task: { team: 'Team', office: 'Office' },
  User: { team: { __typename: 'Team', id: 't1' } },
  Team: { office: { __typename: 'Office', id: 'o1' } },
};

function entities({ representations }: { readonly representations: readonly Reference[] }): object[] {
  return representations.map((reference) => ({
    ...FIELDS,
    // Another one each time: an answer that is not fetched anew shows.
    title: `Meeting ${fetches}`,
    host: FIELDS.host(reference),
    ...BY_TYPE[reference.__typename],
    ...reference,
  }));
}

/** What `@apollo/subgraph` would add; its own cost is not what is measured. */
function schemaOf(name: string, sdl: string): GraphQLSchema {
  const keyed = [...sdl.matchAll(/type (\w+) @key\(fields: "id"\)/g)].map(([, type]) => type);
  const federation = `
scalar _Any
union _Entity = ${keyed.join(' | ')}
extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
`;
  const local = name === OWNER ? sdl.slice(sdl.indexOf('type Task')) : sdl.replace(/^extend schema.*$/m, '');
  return buildSchema(local + federation, { assumeValidSDL: true });
}

async function serve(name: string, sdl: string): Promise<[string, number]> {
  const schema = schemaOf(name, sdl);
  const documents = new Map<string, DocumentNode>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void (async () => {
        fetches += 1;
        const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
          query: string;
          variables?: Record<string, unknown>;
        };
        const document = documents.get(body.query) ?? parse(body.query);
        if (!documents.has(body.query) && validate(schema, document).length === 0)
          documents.set(body.query, document);
        const result = await execute({
          schema,
          document,
          rootValue: { _entities: entities },
          variableValues: body.variables ?? {},
        });
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
      })();
    });
  });
  // Both gateways keep connections; neither shall meet one that is just being closed.
  server.keepAliveTimeout = 600_000;
  if (name === OWNER) serveSocket(server, schema);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return [name, (server.address() as AddressInfo).port];
}

function serveSocket(server: Server, schema: GraphQLSchema): void {
  sockets = new WebSocketServer({ server, path: '/graphql' });
  useServer(
    {
      schema,
      roots: {
        subscription: { taskWatched: ({ list }: { readonly list: string }) => events(list) } as never,
      },
      onOperation: () => {
        watching += 1;
      },
      onComplete: () => {
        watching -= 1;
      },
    },
    sockets,
  );
}

function events(list: string): AsyncIterator<unknown> & AsyncIterable<unknown> {
  const inner = on(topics, list);
  const outer = {
    next: async () => {
      const { done, value } = (await inner.next()) as IteratorResult<[object]>;
      return done === true ? { done, value } : { done: false, value: { taskWatched: value[0] } };
    },
    return: async () => (await inner.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]: () => outer,
  };
  return outer as AsyncIterator<unknown> & AsyncIterable<unknown>;
}

const ports = await Promise.all(Object.entries(SDL).map(async ([name, sdl]) => await serve(name, sdl)));
answerAsks({
  ports: () => Object.fromEntries(ports),
  fetches: () => fetches,
  watching: () => ({ operations: watching, sockets: sockets?.clients.size ?? 0 }),
  emit: (event: TaskEvent) => topics.emit(event.list, eventPayload(event)),
});
process.once('disconnect', () => process.exit(0));
