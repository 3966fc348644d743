import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const durables = z.record(z.string(), z.array(z.string()));

const brokerAccess = z.object({
  /** By service: what each declares, as `node scripts/infra/write-broker-access.ts` finds it in the code. */
  services: z.record(
    z.string(),
    z.object({
      /** Durables on event streams, by the service whose stream it is. */
      events: durables,
      /** Durables of lower generations, which it only deletes. */
      former: durables,
      deadLetters: z.array(z.string()),
    }),
  ),
});

/** What every service needs at NATS: written from the code, checked against it, read by everything that makes users. */
export type BrokerAccess = z.output<typeof brokerAccess>;

/** Where it is kept. */
export const BROKER_ACCESS_FILE = new URL('../../deploy/nats/access.json', import.meta.url);

/** Reads the committed {@link BrokerAccess}. */
export function readBrokerAccess(): BrokerAccess {
  return brokerAccess.parse(JSON.parse(readFileSync(fileURLToPath(BROKER_ACCESS_FILE), 'utf8')));
}

/** What one user may do at NATS, in the words of its configuration. */
export interface BrokerUser {
  /** Name without the namespace. */
  readonly service: string;
  readonly user: string;
  readonly permissions: {
    readonly publish: { readonly allow: readonly string[]; readonly deny?: readonly string[] };
    readonly subscribe: { readonly allow: readonly string[] };
  };
}

/**
 * A user for the gateway and for each service, each with the subjects, streams and durables it needs and no others.
 * @param namespace as the processes have it; it stands in front of users, streams and subjects.
 */
export function brokerUsers(access: BrokerAccess, namespace: string): BrokerUser[] {
  const services = Object.keys(access.services);
  return [gatewayUser(access, namespace), ...services.map((name) => serviceUser(access, namespace, name))];
}

interface Names {
  readonly subject: (subject: string) => string;
  readonly events: (service: string) => string;
  readonly tasks: (service: string) => string;
  readonly deadLetters: string;
}

// The same as packages/shared/src/messaging names them; its tests run as these users.
function namesIn(namespace: string): Names {
  return {
    subject: (subject) => (namespace === '' ? subject : `${namespace}.${subject}`),
    events: (service) => `${namespace}EVT_${service.toUpperCase()}`,
    tasks: (service) => `${namespace}TASKS_${service.toUpperCase()}`,
    deadLetters: `${namespace}DLQ`,
  };
}

const api = (operation: string, ...names: string[]): string => ['$JS.API', operation, ...names].join('.');
/** Making, watching and pulling from one durable, and settling its messages; newer servers name domain and account too. */
const useDurable = (stream: string, durable: string): string[] => [
  api('CONSUMER.CREATE', stream, durable, '>'),
  api('CONSUMER.CREATE', stream, durable),
  api('CONSUMER.DURABLE.CREATE', stream, durable),
  api('CONSUMER.INFO', stream, durable),
  api('CONSUMER.MSG.NEXT', stream, durable),
  `$JS.ACK.${stream}.${durable}.>`,
  `$JS.ACK.*.*.${stream}.${durable}.>`,
];
/** Reading a stream through consumers that end with their reader. */
const readStream = (stream: string): string[] => [
  api('STREAM.INFO', stream),
  api('STREAM.MSG.GET', stream),
  api('CONSUMER.CREATE', stream),
  api('CONSUMER.CREATE', stream, '>'),
  api('CONSUMER.INFO', stream, '*'),
  api('CONSUMER.MSG.NEXT', stream, '*'),
  api('CONSUMER.DELETE', stream, '*'),
];
const ownStream = (stream: string): string[] => [api('STREAM.CREATE', stream), api('STREAM.UPDATE', stream)];

function serviceUser(access: BrokerAccess, namespace: string, service: string): BrokerUser {
  const names = namesIn(namespace);
  const own = access.services[service] ?? { events: {}, former: {}, deadLetters: [] };
  const [events, tasks] = [names.events(service), names.tasks(service)];
  const sources = Object.entries(own.events);
  const allow = [
    ...[`evt.${service}.>`, `task.${service}.>`, `nudge.${service}.outbox`, `cancel.${service}.*`].map(
      names.subject,
    ),
    // What it cannot handle it buries: from its own queue and from the streams that it listens to.
    ...['dlq.filler', `dlq.TASKS_${service.toUpperCase()}.>`].map(names.subject),
    ...sources.map(([source]) => names.subject(`dlq.EVT_${source.toUpperCase()}.>`)),
    api('INFO'),
    ...[events, tasks, names.deadLetters].flatMap(ownStream),
    ...[events, names.deadLetters].flatMap(readStream),
    api('CONSUMER.LIST', events),
    api('CONSUMER.LIST', names.deadLetters),
    api('STREAM.INFO', tasks),
    api('STREAM.MSG.GET', tasks),
    api('CONSUMER.*', tasks),
    api('CONSUMER.*', tasks, '>'),
    api('CONSUMER.*.*', tasks, '*'),
    `$JS.ACK.${tasks}.>`,
    `$JS.ACK.*.*.${tasks}.>`,
    ...sources.flatMap(([source, durables]) => listen(names.events(source), durables)),
    ...own.deadLetters.flatMap((durable) => useDurable(names.deadLetters, durable)),
    ...Object.entries(own.former).flatMap(([source, durables]) =>
      durables.map((durable) => api('CONSUMER.DELETE', names.events(source), durable)),
    ),
  ];
  // A relay that has lost the end of its stream deletes the durables that are ahead of it; it may not read by them.
  const deny = foreignDurables(access, names, { service, streams: [events, names.deadLetters] }).flatMap(
    ([stream, durable]) => useDurable(stream, durable).filter((subject) => !subject.includes('.INFO.')),
  );
  const user = `${namespace}${service}`;
  const subscribe = [`nudge.${service}.outbox`, `cancel.${service}.*`].map(names.subject);
  return {
    service,
    user,
    permissions: {
      publish: { allow: unique(allow), deny },
      subscribe: { allow: [inboxOf(user), ...subscribe] },
    },
  };
}

/** The streams of others are theirs: a listener creates one that is missing, and its own durables. */
function listen(stream: string, durables: readonly string[]): string[] {
  return [
    api('STREAM.CREATE', stream),
    api('STREAM.INFO', stream),
    ...durables.flatMap((durable) => useDurable(stream, durable)),
  ];
}

/** The gateway reads event streams, publishes nothing and touches no durable. */
function gatewayUser(access: BrokerAccess, namespace: string): BrokerUser {
  const names = namesIn(namespace);
  const streams = Object.keys(access.services).map(names.events);
  const user = `${namespace}gateway`;
  const deny = foreignDurables(access, names, { service: 'gateway', streams }).flatMap(
    ([stream, durable]) => [...useDurable(stream, durable), api('CONSUMER.DELETE', stream, durable)],
  );
  const allow = [
    api('INFO'),
    api('STREAM.NAMES'),
    ...streams.flatMap(readStream),
    ...streams.flatMap((stream) => [api('DIRECT.GET', stream), api('DIRECT.GET', stream, '>')]),
  ];
  const subscribe = [inboxOf(user), names.subject('live.evt.>')];
  return {
    service: 'gateway',
    user,
    permissions: { publish: { allow, deny }, subscribe: { allow: subscribe } },
  };
}

function foreignDurables(
  access: BrokerAccess,
  names: Names,
  of: { readonly service: string; readonly streams: readonly string[] },
): [stream: string, durable: string][] {
  return Object.entries(access.services)
    .filter(([service]) => service !== of.service)
    .flatMap(([, needs]) => [
      ...Object.entries(needs.events).flatMap(([source, durables]) =>
        durables.map((durable): [string, string] => [names.events(source), durable]),
      ),
      ...needs.deadLetters.map((durable): [string, string] => [names.deadLetters, durable]),
    ])
    .filter(([stream]) => of.streams.includes(stream));
}

// The client library puts this in front of every subject that answers come to; see connectMessaging.
const inboxOf = (user: string): string => `_INBOX_${user}.>`;

const unique = (subjects: readonly string[]): string[] => [...new Set(subjects)];
