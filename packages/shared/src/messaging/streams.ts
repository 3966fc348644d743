import {
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
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

/**
 * Creates or updates the streams of a service, the shared dead letter stream and the event streams it listens to, so
 * that services may start in any order. Idempotent. Uses features of nats-server 2.9 only.
 */
export async function ensureStreams(
  messaging: Messaging,
  options: { readonly service: string; readonly listensTo?: readonly string[]; readonly replicas: number },
): Promise<void> {
  const { service, listensTo = [], replicas } = options;
  const services = new Set([service, ...listensTo]);
  await Promise.all([
    ...[...services].map((name) => ensureStream(messaging, eventStream(messaging.namespace, name, replicas))),
    ensureStream(messaging, taskStream(messaging.namespace, service, replicas)),
    ensureStream(messaging, deadLetters(messaging.namespace, replicas)),
  ]);
}

type StreamSettings = Partial<StreamConfig> & { readonly name: string };

function eventStream(namespace: string, service: string, replicas: number): StreamSettings {
  return {
    name: streamNames(namespace, service).events,
    subjects: [qualify(namespace, `evt.${service}.>`)],
    storage: StorageType.File,
    num_replicas: replicas,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: 14 * DAY_NS,
    duplicate_window: 300 * SECOND_NS,
    allow_direct: true,
    // What `>` stands for in src goes where `>` stands in dest: `live.>` would give `live.<service>...`, without `evt`.
    republish: { src: qualify(namespace, 'evt.>'), dest: qualify(namespace, 'live.evt.>') },
  };
}

function taskStream(namespace: string, service: string, replicas: number): StreamSettings {
  return {
    name: streamNames(namespace, service).tasks,
    subjects: [qualify(namespace, `task.${service}.>`)],
    storage: StorageType.File,
    num_replicas: replicas,
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    discard_new_per_subject: true,
    max_msgs_per_subject: MAX_TASK_MESSAGES_PER_SUBJECT,
    max_msg_size: 256 * 1024,
    duplicate_window: 300 * SECOND_NS,
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

async function ensureStream(messaging: Messaging, wanted: StreamSettings): Promise<void> {
  const { streams } = messaging.manager;
  const current = await streams.info(wanted.name).catch((error: unknown) => {
    if (isStreamNotFound(error)) return null;
    throw error;
  });
  if (current === null) {
    // Two processes may create it at once; the same configuration is no conflict for the server.
    await streams.add(wanted);
    return;
  }
  const config = current.config as unknown as Record<string, unknown>;
  const differs = Object.entries(wanted).some(([key, value]) => !isDeepStrictEqual(config[key], value));
  if (differs) await streams.update(wanted.name, wanted);
}

const STREAM_NOT_FOUND = 10_059;

function isStreamNotFound(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND;
}
