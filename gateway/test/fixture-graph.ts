import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, graphql, parse } from 'graphql';

/** What a subgraph of the fixture was asked. */
export interface Asked {
  readonly headers: IncomingMessage['headers'];
  readonly path: string;
  readonly body: string;
  readonly query: string;
}

/** One subgraph served over HTTP in this process. */
export interface FixtureSubgraph {
  readonly name: string;
  readonly url: string;
  readonly sdl: string;
  readonly asked: Asked[];
  /** Answers in place of the schema when set. */
  intercept: ((asked: Asked) => Promise<{ status?: number; body: string } | null>) | null;
  readonly close: () => Promise<void>;
}

/** SDL lines that a subgraph with `@eventStream` begins with. */
export const EVENT_STREAM_SDL = `
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  @link(url: "https://hoerok.dev/eventStream/v1.0", import: ["@eventStream"])
  @composeDirective(name: "@eventStream")

directive @eventStream(
  subject: String!
  snapshot: Boolean = false
  filter: String
  audience: String
  audienceRoles: [String!]
  guardSubject: String
  guardAudience: String
  guardField: String
  latestOnly: Boolean = false
  endField: String
  endValues: [String!]
) on FIELD_DEFINITION
`;

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer M
  ? M extends { resolvers?: infer R }
    ? R
    : never
  : never;

/** Serves a subgraph on a free port, or on a given one. */
export async function serveSubgraph(
  name: string,
  sdl: string,
  resolvers: object,
  port = 0,
): Promise<FixtureSubgraph> {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as Resolvers });
  const asked: Asked[] = [];
  const subgraph: { -readonly [K in keyof FixtureSubgraph]: FixtureSubgraph[K] } = {
    name,
    url: '',
    sdl,
    asked,
    intercept: null,
    close: async () => await stop(server),
  };
  const server = createServer((request, response) => {
    void (async () => {
      // As servers that know nothing of sockets answer the handshake of one.
      if (request.method !== 'POST') return response.writeHead(405).end();
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString('utf8');
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      const question = { headers: request.headers, path: request.url ?? '', body, query };
      asked.push(question);
      const replaced = (await subgraph.intercept?.(question)) ?? null;
      response.writeHead(replaced?.status ?? 200, { 'content-type': 'application/json' });
      if (replaced !== null) return response.end(replaced.body);
      const result: ExecutionResult = await graphql({
        schema,
        source: query,
        variableValues: variables ?? {},
        contextValue: { headers: request.headers },
      });
      return response.end(JSON.stringify(result));
    })();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  subgraph.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  return subgraph;
}

/** Composes subgraphs into a supergraph SDL, or fails with the composition errors. */
export function compose(subgraphs: readonly { name: string; url: string; sdl: string }[]): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.map(String).join('\n'));
  return supergraphSdl;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

const TASKS = `${EVENT_STREAM_SDL}
scalar DateTime
enum TaskStatus { PENDING PROCESSING COMPLETED FAILED CANCELLED }
enum TaskKind { TRANSCRIPT_IMPORT MINUTES BULK_MINUTES }
enum TaskPriority { HIGH NORMAL LOW }
type TaskError { code: String! message: String! retryable: Boolean }
interface Node { id: ID! }
type Task implements Node @key(fields: "id") {
  id: ID!
  kind: TaskKind
  status: TaskStatus!
  priority: TaskPriority
  progress: Float!
  stage: String
  attempt: Int
  maxAttempts: Int
  revision: Int!
  createdAt: DateTime
  startedAt: DateTime
  finishedAt: DateTime
  nextAttemptAt: DateTime
  error: TaskError
  requestedBy: User
  meeting: Meeting
  "Not in the event: asked from the subgraph."
  label(prefix: String): String
  history: [TaskError!]
  broken: String
}
type User @key(fields: "id", resolvable: false) { id: ID! }
type Meeting @key(fields: "id", resolvable: false) { id: ID! }
type Query { task(id: ID!): Task }
type Mutation { touch(id: ID!): Task }
type Subscription {
  taskUpdated(id: ID!): Task!
    @eventStream(
      subject: "evt.*.{workspace}.task.{args.id}.changed"
      snapshot: true
      audience: "watchers"
      audienceRoles: ["ADMIN", "MANAGER"]
      endField: "status"
      endValues: ["COMPLETED", "FAILED", "CANCELLED"]
    )
  myTaskUpdated: Task! @eventStream(subject: "evt.*.{workspace}.task.*.changed", audience: "watchers")
  meetingTaskUpdated(meetingId: ID!): Task!
    @eventStream(
      subject: "evt.*.{workspace}.task.*.changed"
      filter: "meeting.id={args.meetingId}"
      guardSubject: "evt.meetings.{workspace}.meeting.{args.meetingId}.*"
      guardAudience: "participantUserIds"
      audienceRoles: ["ADMIN", "MANAGER"]
    )
  taskOfMeetingUpdated(id: ID!, meetingId: ID!): Task!
    @eventStream(
      subject: "evt.*.{workspace}.task.{args.id}.changed"
      snapshot: true
      guardSubject: "evt.meetings.{workspace}.meeting.{args.meetingId}.*"
      guardAudience: "participantUserIds"
      endField: "status"
      endValues: ["COMPLETED", "FAILED", "CANCELLED"]
    )
  sourceless: Task
}
`;

const USERS = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type User @key(fields: "id") { id: ID! name: String! }
type Query { me: User }
`;

const MEETINGS = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
type Meeting @key(fields: "id") { id: ID! title: String! }
type Task @key(fields: "id") { id: ID! transcript: Transcript }
type Transcript @key(fields: "id") { id: ID! segments(first: Int = 10): [String!]! mood: String! }
type Query { meeting(id: ID!): Meeting }
`;

type Reference = { readonly id: string };

/** Serves the users subgraph alone. */
export async function serveUsers(port = 0): Promise<FixtureSubgraph> {
  const resolvers = {
    Query: { me: () => ({ id: 'u1', name: 'User u1' }) },
    User: { __resolveReference: ({ id }: Reference) => ({ id, name: `User ${id}` }) },
  };
  return await serveSubgraph('users', USERS, resolvers, port);
}

/** The three subgraphs that the tests of the gateway run on, and what they know. */
export interface FixtureGraph {
  readonly tasks: FixtureSubgraph;
  readonly users: FixtureSubgraph;
  readonly meetings: FixtureSubgraph;
  /** Tasks that the tasks subgraph knows from its own rows, by id. */
  readonly rows: Map<string, Record<string, unknown>>;
  readonly supergraphSdl: string;
  readonly close: () => Promise<void>;
}

/** Starts the three subgraphs. */
export async function serveFixtureGraph(): Promise<FixtureGraph> {
  const rows = new Map<string, Record<string, unknown>>();
  const task = ({ id }: Reference): unknown => rows.get(id) ?? null;
  const tasks = await serveSubgraph('tasks', TASKS, {
    Query: { task: (_: unknown, args: Reference) => task(args) },
    Mutation: { touch: (_: unknown, args: Reference) => task(args) },
    Task: {
      __resolveReference: (reference: Reference) => task(reference),
      label: ({ id }: Reference, { prefix }: { prefix?: string }) => `${prefix ?? 'task'} ${id}`,
      history: () => [{ code: 'A', message: 'first' }],
    },
    Node: { __resolveType: () => 'Task' },
  });
  const users = await serveUsers();
  const meetings = await serveSubgraph('meetings', MEETINGS, {
    Query: { meeting: (_: unknown, { id }: Reference) => ({ id, title: `Meeting ${id}` }) },
    Meeting: { __resolveReference: ({ id }: Reference) => ({ id, title: `Meeting ${id}` }) },
    Task: { __resolveReference: ({ id }: Reference) => ({ id, transcript: { id: `t-${id}` } }) },
    Transcript: {
      segments: (_: Reference, { first }: { first: number }) =>
        Array.from({ length: first }, (_item, i) => `s${i}`),
      mood: () => null,
    },
  });
  return {
    tasks,
    users,
    meetings,
    rows,
    supergraphSdl: compose([tasks, users, meetings]),
    close: async () => {
      await Promise.all([tasks.close(), users.close(), meetings.close()]);
    },
  };
}
