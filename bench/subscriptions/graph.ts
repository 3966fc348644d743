import { EVENT_STREAM_SDL } from '../../gateway/test/fixture-graph.ts';

/** Whose streams the events are in: on disk as those of our services are, and in memory. */
export const SERVICES = { disk: 'bench', memory: 'quick' } as const;
/** The tenant of everything that happens here. */
export const WORKSPACE = 'w1';
/** The subgraph that owns the Subscription fields. */
export const OWNER = 'tasks';

const FEDERATION = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;

/**
 * Five subgraphs. A task has a field in each of the four that own none of its events, so one event may need four fetches side by
 * side; and from its meeting a way leads through all four, one fetch after the other.
 */
export const SDL: Readonly<Record<string, string>> = {
  [OWNER]: `${EVENT_STREAM_SDL}
type Task @key(fields: "id") {
  id: ID!
  revision: Int!
  "Milliseconds on the clock that all processes of the machine share."
  publishedAt: Float!
  status: String!
  note: String
  meeting: Meeting
}
type Meeting @key(fields: "id", resolvable: false) { id: ID! }
type Query { task(id: ID!): Task }
type Subscription {
  "The tasks of one list, as they change."
  taskUpdated(list: ID!): Task! @eventStream(subject: "evt.${SERVICES.disk}.{workspace}.list.{args.list}.changed")
  taskTold(list: ID!): Task! @eventStream(subject: "evt.${SERVICES.memory}.{workspace}.list.{args.list}.changed")
  "The same, from the subgraph itself."
  taskWatched(list: ID!): Task!
}
`,
  meetings: `${FEDERATION}
type Task @key(fields: "id") { id: ID! title: String! }
type Meeting @key(fields: "id") { id: ID! title: String! host: User! }
type User @key(fields: "id", resolvable: false) { id: ID! }
type Query { meetings: Int }
`,
  users: `${FEDERATION}
type Task @key(fields: "id") { id: ID! requestedBy: String! }
type User @key(fields: "id") { id: ID! name: String! team: Team! }
type Team @key(fields: "id", resolvable: false) { id: ID! }
type Query { users: Int }
`,
  teams: `${FEDERATION}
type Task @key(fields: "id") { id: ID! team: String! }
type Team @key(fields: "id") { id: ID! name: String! office: Office! }
type Office @key(fields: "id", resolvable: false) { id: ID! }
type Query { teams: Int }
`,
  offices: `${FEDERATION}
type Task @key(fields: "id") { id: ID! office: String! }
type Office @key(fields: "id") { id: ID! city: String! }
type Query { offices: Int }
`,
};

const KEY = 'id revision publishedAt';
const SIDE_BY_SIDE = `${KEY} title requestedBy team office`;
const CHAINED = `${KEY} meeting { title host { name team { name office { city } } } }`;

/** What one event makes the gateway fetch. */
export const SHAPES = {
  'key-only': KEY,
  'key and note': `${KEY} note`,
  '1 fetch': `${KEY} title`,
  '4 fetches side by side': SIDE_BY_SIDE,
  '4 fetches one after another': CHAINED,
} as const;
/** The name of a shape in the table. */
export type Shape = keyof typeof SHAPES;

/** The Subscription fields: from a stream on disk, from one in memory, and by subscribing to the subgraph. */
export type Field = 'taskUpdated' | 'taskTold' | 'taskWatched';

/** A subscription to one list. */
export function subscriptionTo(field: Field, shape: Shape): string {
  return `subscription ($list: ID!) { ${field}(list: $list) { ${SHAPES[shape]} } }`;
}

/** How many values a complete event has. */
export function leavesOf(shape: Shape): number {
  return SHAPES[shape].match(/\w+\b(?! \{)/g)?.length ?? 0;
}

/** How many values an event has as it is published: those of the payload, and the two of its meeting. */
export const LEAVES_OF_PAYLOAD = 8;

/** One event. */
export interface TaskEvent {
  readonly list: string;
  /** The task that has changed. */
  readonly id: string;
  /** Counts the events of the list, from 1. */
  readonly revision: number;
  readonly note?: string;
}

/** An event as it is published. */
export function eventPayload({ id, revision, note = '' }: TaskEvent): Record<string, unknown> {
  return {
    __typename: 'Task',
    id,
    revision,
    publishedAt: sharedClock(),
    status: 'PROCESSING',
    note,
    meeting: { __typename: 'Meeting', id: `m-${id}` },
  };
}

/** Milliseconds; the same clock in every process of the machine. */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
