import {
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream';
import { isDeepStrictEqual } from 'node:util';
import type { Messaging } from './connection.ts';
import { qualify } from './subjects.ts';

const SECOND_NS = 1_000_000_000;
const DAY_NS = 24 * 3600 * SECOND_NS;

/** Waiting tasks that one kind and lane may hold in JetStream; rows wait in the outbox beyond it. */
const MAX_TASK_MESSAGES_PER_SUBJECT = 20_000;

/** Names of the streams of one service, with the namespace. */
export function streamNames(namespace: string, service: string): { events: string; tasks: string } {
  return {
    events: `${namespace}EVT_${service.toUpperCase()}`,
    tasks: `${namespace}TASKS_${service.toUpperCase()}`,
  };
}

/** The name of the dead letter stream, with the namespace. */
export function deadLetterStream(namespace: string): string {
  return `${namespace}DLQ`;
}

/** Options of {@link ensureStreams}. */
export interface StreamOptions {
  readonly service: string;
  /** Services whose events it listens to. @default none */
  readonly listensTo?: readonly string[];
  readonly replicas: number;
  /** How long JetStream drops a second copy of a message by its id; later ones are found by claim and inbox. @default 300 */
  readonly duplicateWindowSeconds?: number;
}

/**
 * Creates or updates the streams of a service and the shared dead letter stream, and creates the event streams it listens
 * to where they are missing, so that services may start in any order: what exists is its owner's to change. Idempotent.
 * Uses features of nats-server 2.9 only.
 */
export async function ensureStreams(messaging: Messaging, options: StreamOptions): Promise<void> {
  const { service, listensTo = [], replicas, duplicateWindowSeconds = 300 } = options;
  const limits = { replicas, duplicateWindowSeconds };
  const { namespace } = messaging;
  const others = new Set(listensTo.filter((name) => name !== service));
  await Promise.all([
    ...[...others].map((name) => createStream(messaging, eventStream(namespace, name, limits))),
    ensureStream(messaging, eventStream(namespace, service, limits)),
    ensureStream(messaging, taskStream(namespace, service, limits)),
    ensureStream(messaging, deadLetters(namespace, replicas)),
  ]);
}

type StreamLimits = Pick<Required<StreamOptions>, 'replicas' | 'duplicateWindowSeconds'>;
type StreamSettings = Partial<StreamConfig> & { readonly name: string };

function eventStream(namespace: string, service: string, limits: StreamLimits): StreamSettings {
  return {
    name: streamNames(namespace, service).events,
    subjects: [qualify(namespace, `evt.${service}.>`)],
    storage: StorageType.File,
    num_replicas: limits.replicas,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: 14 * DAY_NS,
    duplicate_window: limits.duplicateWindowSeconds * SECOND_NS,
    allow_direct: true,
    // What `>` stands for in src goes where `>` stands in dest: `live.>` would give `live.<service>...`, without `evt`.
    republish: { src: qualify(namespace, 'evt.>'), dest: qualify(namespace, 'live.evt.>') },
  };
}

function taskStream(namespace: string, service: string, limits: StreamLimits): StreamSettings {
  return {
    name: streamNames(namespace, service).tasks,
    subjects: [qualify(namespace, `task.${service}.>`)],
    storage: StorageType.File,
    num_replicas: limits.replicas,
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    discard_new_per_subject: true,
    max_msgs_per_subject: MAX_TASK_MESSAGES_PER_SUBJECT,
    max_msg_size: 256 * 1024,
    duplicate_window: limits.duplicateWindowSeconds * SECOND_NS,
  };
}

function deadLetters(namespace: string, replicas: number): StreamSettings {
  return {
    name: deadLetterStream(namespace),
    subjects: [qualify(namespace, 'dlq.>')],
    storage: StorageType.File,
    num_replicas: replicas,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: 90 * DAY_NS,
  };
}

/** What the server says of a stream, with the sequences of messages deleted in its middle if asked for; null without it. */
export async function findStream(
  { manager }: Messaging,
  name: string,
  options: { readonly deletedDetails?: boolean } = {},
): Promise<StreamInfo | null> {
  const details = options.deletedDetails === true ? { deleted_details: true } : {};
  return await manager.streams.info(name, details).catch((error: unknown) => {
    if (isStreamNotFound(error)) return null;
    throw error;
  });
}

/** Leaves one alone that is there; returns how it is. */
async function createStream(messaging: Messaging, wanted: StreamSettings): Promise<StreamInfo | null> {
  const current = await findStream(messaging, wanted.name);
  // Two processes may create it at once; the same configuration is no conflict for the server.
  if (current === null) await messaging.manager.streams.add(wanted);
  return current;
}

async function ensureStream(messaging: Messaging, wanted: StreamSettings): Promise<void> {
  const current = await createStream(messaging, wanted);
  if (current === null) return;
  const config = current.config as unknown as Record<string, unknown>;
  const differs = Object.entries(wanted).some(([key, value]) => !isDeepStrictEqual(config[key], value));
  if (differs) await messaging.manager.streams.update(wanted.name, wanted);
}

const STREAM_NOT_FOUND = 10_059;

function isStreamNotFound(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND;
}
