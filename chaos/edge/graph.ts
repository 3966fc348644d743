/** The graph of the edge: users and tasks, which stay well, and rooms, which faults happen to. */
import { EVENT_STREAM_SDL } from '../../gateway/test/fixture-graph.ts';

/** The service that publishes events of tasks. */
export const SERVICE = 'edge';
export const WORKSPACE = 'w1';

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

/** Schemas by the name of the subgraph. */
export const SDL = {
  tasks: `${EVENT_STREAM_SDL}
type Task @key(fields: "id") {
  id: ID!
  revision: Int!
  "Milliseconds on the clock that all processes of the machine share."
  publishedAt: Float!
  note: String
  requestedBy: User
}
type User @key(fields: "id", resolvable: false) { id: ID! }
type Query { task(id: ID!): Task }
type Subscription {
  taskUpdated(id: ID!): Task! @eventStream(subject: "evt.${SERVICE}.{workspace}.task.{args.id}.changed", snapshot: true)
}
`,
  users: `${FEDERATION}
type User @key(fields: "id") { id: ID! name: String! }
type Query { me: User }
`,
  rooms: `${FEDERATION}
type Room { name: String! }
type Query { room: Room }
type Mutation { book(op: ID!): Room }
`,
} as const;
/** A subgraph of the edge. */
export type SubgraphName = keyof typeof SDL;

/** Asks the subgraph that stays well. */
export const WELL = '{ me { name } }';
/** Asks both; of a faulty subgraph only `room` may be missing. */
export const BOTH = '{ me { name } room { name } }';
/** Asks the subgraph of rooms for one effect. */
export const BOOK = 'mutation ($op: ID!) { book(op: $op) { name } }';
/** Everything is in the event. */
export const WATCH = 'subscription ($id: ID!) { taskUpdated(id: $id) { id revision publishedAt } }';

/** Milliseconds; the same clock in every process of the machine. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
