import { EventEmitter, on, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { verifyRequest, type Viewer } from '@hoerok/shared/auth';
import { TEST_SIGNING_KEY } from '@hoerok/shared/testing';
import { graphql, GraphQLError, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';

const SDL = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
interface Named { name: String }
union Occupant = User | Robot
type Robot implements Named { name: String model(upper: Boolean): String! }
type Floor { number: Int! }
type Room implements Named @key(fields: "id") {
  id: ID!
  name: String
  size: Int!
  floors: [Floor!]!
  "An error for the room named broken."
  secret: String
  owner: User
  guests: [User!]!
  occupants: [Occupant!]!
  favorite: Named
}
type User @key(fields: "id", resolvable: false) { id: ID! }
type Query { room(id: ID!): Room }
type Subscription { roomChanged(id: ID!): Room anythingNamed: Named roomsChanged: [Room!] }
`;

/** A room as the fixture knows it. References are `{ __typename, id }`. */
export type Room = Readonly<Record<string, unknown>> & { readonly id: string };

/** A subgraph that speaks graphql-transport-ws, and what it has seen. */
export interface FixtureUpstream {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
  /** Of each socket so far: the viewer that its `connection_init` proves. */
  readonly viewers: (Viewer | null)[];
  /** What was put into each `connection_init`. */
  readonly inits: Record<string, unknown>[];
  /** Text of each operation that was started. */
  readonly started: string[];
  /** Its operations that run. */
  readonly running: () => number;
  readonly sockets: () => readonly WebSocket[];
  readonly rooms: Map<string, Room>;
  /** Delivers an event to all who watch the topic: `room:<id>`, `named` or `rooms`. */
  readonly publish: (topic: string, value: unknown) => void;
  /** Completes all operations on the topic. */
  readonly complete: (topic: string) => void;
  readonly close: () => Promise<void>;
}

/** Serves the subgraph on a free port, or again on a port that it had before. */
export async function serveUpstream(port = 0): Promise<FixtureUpstream> {
  const rooms = new Map<string, Room>();
  const topics = new EventEmitter().setMaxListeners(0);
  const schema = buildSubgraphSchema({
    typeDefs: parse(SDL),
    resolvers: resolversOf(rooms, topics) as never,
  });
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Question;
      const result = await graphql({ schema, source: query, variableValues: variables ?? {} });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    })();
  });
  const viewers: (Viewer | null)[] = [];
  const inits: Record<string, unknown>[] = [];
  const started: string[] = [];
  let running = 0;
  const sockets = new WebSocketServer({ server, path: '/graphql' });
  const { dispose } = useServer(
    {
      schema,
      onConnect: ({ connectionParams, extra }) => {
        const headers = (connectionParams ?? {}) as Record<string, string>;
        const handshake = { method: 'GET', path: extra.request.url ?? '', body: '' };
        inits.push(headers);
        // As the documentation tells teams to do it.
        viewers.push(verifyRequest(handshake, { keys: [TEST_SIGNING_KEY], headers, nowMs: Date.now() }));
      },
      onSubscribe: (_socket, _id, { query }) => {
        started.push(query);
      },
      onOperation: () => {
        running += 1;
      },
      onComplete: () => {
        running -= 1;
      },
    },
    sockets,
  );
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    name: 'rooms',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    sdl: SDL,
    viewers,
    inits,
    started,
    running: () => running,
    sockets: () => [...sockets.clients],
    rooms,
    publish: (topic, value) => void topics.emit(topic, value),
    complete: (topic) => void topics.emit(`end of ${topic}`),
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      await dispose();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Question {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
}

function resolversOf(rooms: ReadonlyMap<string, Room>, topics: EventEmitter): object {
  const watch = (topic: string): AsyncIterableIterator<unknown[]> =>
    on(topics, topic, { close: [`end of ${topic}`] }) as AsyncIterableIterator<unknown[]>;
  const first = ([value]: readonly unknown[]): unknown => value;
  return {
    Query: { room: (_: unknown, { id }: { id: string }) => rooms.get(id) ?? null },
    Subscription: {
      roomChanged: {
        subscribe: (_: unknown, { id }: { id: string }) => {
          if (id === 'forbidden')
            throw new GraphQLError('Not this room.', { extensions: { code: 'FORBIDDEN' } });
          return watch(`room:${id}`);
        },
        resolve: first,
      },
      anythingNamed: { subscribe: () => watch('named'), resolve: first },
      roomsChanged: { subscribe: () => watch('rooms'), resolve: first },
    },
    Room: {
      secret: ({ name, secret }: Room) => {
        if (name === 'broken') throw new Error(`connect ECONNREFUSED 10.0.0.7:5432`);
        return secret;
      },
    },
    Robot: {
      model: ({ model }: { model: string }, { upper }: { upper?: boolean }) =>
        upper === true ? model.toUpperCase() : model,
    },
  };
}
