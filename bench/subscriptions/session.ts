import { until } from '@hoerok/shared/testing';
import type { Counts, Subscribers } from './clients.ts';
import type { FloorSource } from './floor-source.ts';
import { type Gateway, type GatewaySurroundings, startFloor, startHive, startHoerok } from './gateways.ts';
import {
  type Field,
  LEAVES_OF_PAYLOAD,
  leavesOf,
  type Shape,
  subscriptionTo,
  type TaskEvent,
} from './graph.ts';
import { PEER_VERSIONS } from './peers.ts';
import type { Stage } from './stage.ts';

/** A way for events to reach clients: a gateway, and where it takes them from. */
export interface Contender {
  readonly name: string;
  readonly ours: boolean;
  readonly field: Field;
  /** Whether publishing an event waits until it is stored. */
  readonly stored: boolean;
  /** What an event has by the time it comes. @default what is asked for */
  readonly leaves?: number;
  readonly start: (surroundings: GatewaySurroundings) => Promise<Gateway>;
  readonly publish: (stage: Stage, event: TaskEvent) => Promise<void>;
}

/** Our gateway, events from JetStream, which flushes each to disk before it sends it on. */
export const hoerokStream: Contender = {
  name: 'hoerok, stream on disk',
  ours: true,
  field: 'taskUpdated',
  stored: true,
  start: startHoerok,
  publish: async ({ publish }, event) => await publish(event, 'disk'),
};
/** Our gateway, events from a stream that JetStream keeps in memory. */
export const hoerokMemory: Contender = {
  name: 'hoerok, stream in memory',
  ours: true,
  field: 'taskTold',
  stored: true,
  start: startHoerok,
  publish: async ({ publish }, event) => await publish(event, 'memory'),
};
/** Our gateway, subscribed to the subgraph. */
export const hoerokUpstream: Contender = {
  name: 'hoerok, graphql-ws upstream',
  ours: true,
  field: 'taskWatched',
  stored: false,
  start: startHoerok,
  publish: async ({ emit }, event) => await emit(event),
};
/** Hive Gateway, subscribed to the subgraph. */
export const hive: Contender = {
  name: `Hive Gateway ${PEER_VERSIONS['@graphql-hive/gateway']}`,
  ours: false,
  field: 'taskWatched',
  stored: false,
  start: startHive,
  publish: async ({ emit }, event) => await emit(event),
};

/** A forwarder of messages unread, over core NATS: nothing is stored. */
export const floorCore: Contender = floor('floor: core NATS', 'core');
/** The same behind a stream in memory, from the subject that it republishes to. */
export const floorRepublished: Contender = floor('floor: stream in memory, republished', 'republished');
/** The same, from a push consumer. */
export const floorConsumer: Contender = floor('floor: stream in memory, push consumer', 'consumer');

function floor(name: string, source: FloorSource): Contender {
  return {
    name,
    ours: false,
    // Not looked at: the event is sent as it is.
    field: 'taskTold',
    stored: source !== 'core',
    leaves: LEAVES_OF_PAYLOAD,
    start: async (surroundings) => await startFloor(source, surroundings),
    publish: async ({ tell, publish }, event) => {
      if (source === 'core') tell(event);
      else await publish(event, 'memory');
    },
  };
}

/** An event to be published. */
export interface Publication {
  readonly note?: string;
  /** Index of the list. @default 0 */
  readonly list?: number;
  /** Whether it is about the same task as others like it. @default each is about another task */
  readonly sameTask?: boolean;
}

/** Subscribers of a session. */
export interface Audience extends Subscribers {
  /** Publishes the next event of a list. */
  readonly publish: (event?: Publication) => Promise<void>;
}

/** Who watches what. */
export interface AudienceOptions {
  readonly shape: Shape;
  /** @default 1 */
  readonly sockets?: number;
  /** They take turns. @default 1 */
  readonly users?: number;
  /** They take turns. @default 1 */
  readonly lists?: number;
}

/** A freshly started gateway, ready to be measured. */
export interface Session {
  readonly contender: Contender;
  readonly gateway: Gateway;
  readonly stage: Stage;
  /** Opens subscribers of lists that nobody else watches; resolves when all of them get events. */
  readonly open: (options: AudienceOptions) => Promise<Audience>;
  /** Notes that something is wrong. */
  readonly fault: (what: string) => void;
  readonly close: () => Promise<void>;
}

const OPEN_WITHIN = { deadlineMs: 120_000, intervalMs: 20 };
let listsSoFar = 0;

/** Starts a contender. What is wrong with it goes to `faults`. */
export async function openSession(contender: Contender, stage: Stage, faults: string[]): Promise<Session> {
  const gateway = await contender.start(stage.surroundings);
  return {
    contender,
    gateway,
    stage,
    open: async (options) => await openAudience({ contender, gateway, stage }, options),
    fault: (what) => void faults.push(`${contender.name}: ${what}`),
    close: gateway.stop,
  };
}

type Parts = Pick<Session, 'contender' | 'gateway' | 'stage'>;

async function openAudience(parts: Parts, options: AudienceOptions): Promise<Audience> {
  const { contender, gateway, stage } = parts;
  const { shape, sockets = 1, users = 1, lists = 1 } = options;
  const before = await subscriptions(parts);
  const names = Array.from({ length: lists }, () => `l${(listsSoFar += 1)}`);
  const userIds = Array.from({ length: users }, (_, user) => `u${user}`);
  const subscribers = await stage.clients.open({
    url: gateway.socketUrl,
    count: sockets,
    query: subscriptionTo(contender.field, shape),
    leaves: contender.leaves ?? leavesOf(shape),
    authorizations: await Promise.all(userIds.map(stage.authorizationOf)),
    lists: names,
  });
  const open = async (): Promise<boolean> => {
    const { errors } = await subscribers.counts();
    if (errors.length > 0) throw new Error(`${contender.name} refuses: ${errors.join('; ')}`);
    return (await subscriptions(parts)) === before + sockets;
  };
  await until(`subscriptions at ${contender.name}`, open, OPEN_WITHIN);
  const revisions = new Map<string, number>();
  return {
    ...subscribers,
    publish: async ({ note, list: index = 0, sameTask = false } = {}) => {
      const list = names[index] ?? '';
      const revision = (revisions.get(list) ?? 0) + 1;
      revisions.set(list, revision);
      const id = sameTask ? list : `${list}-${revision}`;
      await contender.publish(stage, { list, id, revision, ...(note === undefined ? {} : { note }) });
    },
    leave: async () => {
      await subscribers.leave();
      const left = async (): Promise<boolean> => (await subscriptions(parts)) === before;
      await until(`${contender.name} to let go of subscriptions`, left, OPEN_WITHIN);
    },
  };
}

/** Subscriptions that get events: as the gateway says where it can, and as the subgraph does where it is asked. */
async function subscriptions({ contender, gateway, stage }: Parts): Promise<number> {
  if (contender.field === 'taskWatched') return (await watchingOf(stage)).operations;
  return (await gateway.subscriptions?.()) ?? NaN;
}

/** What the owning subgraph is asked to watch. */
export async function watchingOf({ subgraphs }: Stage): Promise<{ operations: number; sockets: number }> {
  return await subgraphs.ask('watching');
}

/** What is wrong with what came, in one line; `null` when every event came once and in order. */
export function faultOf(
  { received, missing, repeated, ended, errors }: Counts,
  expected: number,
): string | null {
  if (received === expected && missing === 0 && repeated === 0 && ended === 0 && errors.length === 0)
    return null;
  const why = errors.length === 0 ? '' : `; ${errors.join('; ')}`;
  return `${received} of ${expected} events, ${missing} missing, ${repeated} repeated, ${ended} ended${why}`;
}
